import { valueOf, type SparkplugMetric } from './sparkplug.ts'
import { datatypes } from './sparkplug-wire.ts'

/** What a birth said about one metric. Not `taken`: a control, or a value that is no reading. */
export interface BornMetric {
  name: string
  datatype: number | undefined
  taken: boolean
}

/** The metrics of a birth certificate, which data messages refer to by name or alias. */
export interface Birth {
  byName: ReadonlyMap<string, BornMetric>
  byAlias: ReadonlyMap<string, BornMetric>
  /** Names of metrics whose values are no readings: sets, arrays, files. */
  unreadable: string[]
}

/** The edge node's own affairs: never a signal, and nobody's mistake. */
const ownAffairs = /^(bdSeq$|Node Control\/|Device Control\/)/
const readable = new Set<number>(Object.values(datatypes))

export function readBirth(metrics: readonly SparkplugMetric[]): Birth {
  const byName = new Map<string, BornMetric>()
  const byAlias = new Map<string, BornMetric>()
  const unreadable = new Set<string>()
  for (const metric of metrics) {
    const { name, alias, datatype } = metric
    if (name === undefined) continue
    const own = ownAffairs.test(name)
    const simple = datatype === undefined ? valueOf(metric, undefined) !== undefined : readable.has(datatype)
    if (!own && !simple) unreadable.add(name)
    const born = { name, datatype, taken: !own && simple }
    byName.set(name, born)
    if (alias !== undefined) byAlias.set(alias, born)
  }
  return { byName, byAlias, unreadable: [...unreadable] }
}

/** The metric that a message means, if the birth knows it. */
export function findBorn(birth: Birth, { name, alias }: SparkplugMetric): BornMetric | undefined {
  if (name !== undefined) return birth.byName.get(name)
  return alias === undefined ? undefined : birth.byAlias.get(alias)
}

/** Counts the sessions of an edge node, so that a death can be told from that of an earlier session. */
export function bdSeqOf(metrics: readonly SparkplugMetric[]): number | undefined {
  const metric = metrics.find(({ name }) => name === 'bdSeq')
  const value = metric && valueOf(metric, metric.datatype ?? datatypes.Int64)
  return typeof value === 'number' ? value : undefined
}
