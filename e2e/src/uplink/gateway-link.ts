import { batchTopic, gatewayAckTopic, type GatewayAck, type WireReading } from '@fettle/contracts/uplink'
import type { MqttSession } from '@fettle/gateway/mqtt-session'
import { keepConnected, type ConnectionOptions } from './keep-connected.ts'

export interface GatewayLinkOptions extends Omit<ConnectionOptions, 'username' | 'onMessage'> {
  gatewayKey: string
  bootId: string
  /** Told of each batch once and in order, when an acknowledgement covered it. */
  onAcknowledged: (seq: number) => void
  /** Told of every answer that such a gateway must not get, and of what was refused. */
  onComplaint: (sentence: string) => void
}

export interface GatewayLink {
  /** Returns the batch's number; its readings never change. */
  offer(readings: readonly WireReading[]): number
  /** Batches that are not acknowledged. */
  pending(): number
  run(signal: AbortSignal): Promise<void>
}

/** Batches under way at a time. */
const window = 32

/**
 * The other end of the gateway protocol, written from its description and not from our gateway: numbered batches, kept until
 * the cumulative answer on the ack topic covers them. PUBACK means nothing to it.
 */
export function createGatewayLink(options: GatewayLinkOptions): GatewayLink {
  const { gatewayKey, bootId, onAcknowledged, onComplaint, ...connection } = options
  /** From `firstKept` on. */
  const kept: string[] = []
  let firstKept = 0
  let nextToSend = 0
  let pump = () => {}

  function onAck(payload: Buffer): void {
    const ack = JSON.parse(payload.toString()) as GatewayAck
    if (ack.bootId !== bootId) return onComplaint(`boot ${ack.bootId} is acknowledged, which is not ours`)
    if (ack.seq >= nextToSend) return onComplaint(`batch ${ack.seq} is acknowledged, but was not sent`)
    if (ack.rejected.length > 0) onComplaint(`of batch ${ack.seq} is refused: ${JSON.stringify(ack.rejected)}`)
    for (; firstKept <= ack.seq; firstKept++) {
      kept.shift()
      onAcknowledged(firstKept)
    }
    pump()
  }

  async function use({ client, subscribe }: MqttSession): Promise<() => void> {
    await subscribe([{ filter: gatewayAckTopic(gatewayKey), qos: 1 }])
    let open = true
    nextToSend = firstKept
    pump = () => {
      while (open && nextToSend - firstKept < window && nextToSend - firstKept < kept.length) {
        client.publish(batchTopic(gatewayKey), kept[nextToSend - firstKept] ?? '', { qos: 1 }, () => {})
        nextToSend++
      }
    }
    pump()
    return () => {
      open = false
      pump = () => {}
    }
  }

  return {
    offer(readings) {
      const seq = firstKept + kept.length
      kept.push(JSON.stringify({ gatewayId: gatewayKey, bootId, seq, readings }))
      pump()
      return seq
    },
    pending: () => kept.length,
    run: (signal) => keepConnected({ username: gatewayKey, ...connection, onMessage: onAck }, use, signal),
  }
}
