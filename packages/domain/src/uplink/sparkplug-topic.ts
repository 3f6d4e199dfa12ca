/** The messages of an edge node, and of the devices behind it. */
export const sparkplugTypes = ['NBIRTH', 'NDATA', 'NDEATH', 'DBIRTH', 'DDATA', 'DDEATH'] as const
export type SparkplugType = (typeof sparkplugTypes)[number]

export interface SparkplugTopic {
  group: string
  /** Id of the edge node. */
  node: string
  type: SparkplugType
  /** Only with the types that begin with D. */
  device?: string
}

/** Sent by hosts to nodes: nothing for a host to read, although a subscription to a whole group brings them. */
const hostTypes = new Set(['NCMD', 'DCMD'])

/**
 * Takes `spBv1.0/{group}/{type}/{edge node}[/{device}]` apart (Eclipse Sparkplug 3.0, chapter 4). `ignored` is what hosts
 * send each other and the nodes, undefined what is no Sparkplug topic.
 */
export function parseSparkplugTopic(topic: string): SparkplugTopic | 'ignored' | undefined {
  const [namespace, group, type = '', node, device, ...rest] = topic.split('/')
  if (namespace !== 'spBv1.0') return undefined
  if (group === 'STATE' || hostTypes.has(type)) return 'ignored'
  const known = sparkplugTypes.find((each) => each === type)
  if (known === undefined || !group || !node || rest.length > 0) return undefined
  if (!known.startsWith('D')) return device === undefined ? { group, node, type: known } : undefined
  return device ? { group, node, type: known, device } : undefined
}
