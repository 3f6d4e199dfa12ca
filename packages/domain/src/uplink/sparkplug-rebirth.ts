import { datatypes, metricTags, payloadTags, Writer } from './sparkplug-wire.ts'

export interface SparkplugCommand {
  topic: string
  payload: Uint8Array
}

/** Asks an edge node to publish its births again (Eclipse Sparkplug 3.0, chapter 6); sent with QoS 0, not retained. */
export function rebirthCommand(group: string, node: string, nowMs: number): SparkplugCommand {
  const payload = Writer.create()
    .uint32(payloadTags.timestamp)
    .uint64(nowMs)
    .uint32(payloadTags.metrics)
    .fork()
    .uint32(metricTags.name)
    .string('Node Control/Rebirth')
    .uint32(metricTags.timestamp)
    .uint64(nowMs)
    .uint32(metricTags.datatype)
    .uint32(datatypes.Boolean)
    .uint32(metricTags.booleanValue)
    .bool(true)
    .ldelim()
    .finish()
  return { topic: `spBv1.0/${group}/NCMD/${node}`, payload }
}
