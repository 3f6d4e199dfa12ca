import { gatewayStatusTopic } from '@fettle/contracts/gateway-status'
import { batchTopic, deviceAckTopic, gatewayAckTopic, telemetryTopic } from '@fettle/contracts/uplink'

/** Who a connection proved to be: the owner of a credential. `key` is the device key or gateway key. */
export interface Identity {
  readonly kind: 'device' | 'gateway'
  readonly key: string
}

export type UplinkTopic = 'telemetry' | 'batch' | 'status'

/** What a message on this topic is to this sender; undefined is a topic that is not its own. */
export function publishable({ kind, key }: Identity, topic: string): UplinkTopic | undefined {
  if (kind === 'device') return topic === telemetryTopic(key) ? 'telemetry' : undefined
  if (topic === batchTopic(key)) return 'batch'
  return topic === gatewayStatusTopic(key) ? 'status' : undefined
}

/** Everybody hears what concerns itself alone; there are no wildcards. */
export function subscribable({ kind, key }: Identity, filter: string): boolean {
  return filter === (kind === 'device' ? deviceAckTopic(key) : gatewayAckTopic(key))
}
