import { batchTopic, gatewayAckTopic, type GatewayAck, type GatewayBatch } from '@fettle/contracts/uplink'
import { startBroker, type Broker } from './broker.ts'

/**
 * The platform's side of DESIGN §5 on a broker that acknowledges at once (as mosquitto does), so that only the ack topic
 * means anything: batches are stored in order and acknowledged cumulatively.
 */
export interface FakePlatform {
  broker: Broker
  /** Every batch as it came, repetitions included. */
  arrived: GatewayBatch[]
  /** What is stored, by bootId, in order of `seq`. */
  stored: Map<string, GatewayBatch[]>
  /** While true, batches are stored and not acknowledged. */
  silent: boolean
  /** While true, batches are neither stored nor acknowledged. */
  deaf: boolean
  /** What the acknowledgement of a batch says about its readings. */
  reject: (batch: GatewayBatch) => GatewayAck['rejected']
  acknowledge(ack: unknown): Promise<void>
  /** Values of all stored readings in order. */
  values(): unknown[]
  close(): Promise<void>
}

export async function startPlatform(gateway: string, known?: FakePlatform, port = 0): Promise<FakePlatform> {
  const broker = await startBroker({}, port)
  const platform: FakePlatform = {
    broker,
    arrived: known?.arrived ?? [],
    stored: known?.stored ?? new Map<string, GatewayBatch[]>(),
    silent: false,
    deaf: false,
    reject: () => [],
    acknowledge: (ack) => broker.publish(gatewayAckTopic(gateway), JSON.stringify(ack)),
    values: () => [...platform.stored.values()].flat().flatMap((batch) => batch.readings.map((reading) => reading[3])),
    close: () => broker.close(),
  }

  broker.aedes.on('publish', (packet) => {
    if (packet.topic !== batchTopic(gateway)) return
    const batch = JSON.parse(packet.payload.toString()) as GatewayBatch
    platform.arrived.push(batch)
    if (platform.deaf) return
    const batches = platform.stored.get(batch.bootId) ?? []
    platform.stored.set(batch.bootId, batches)
    const due = (batches.at(-1)?.seq ?? batch.seq - 1) + 1
    if (batch.seq > due) throw new Error(`batch ${batch.seq} came before ${due}`)
    if (batch.seq === due) batches.push(batch)
    const seq = Math.max(batch.seq, due - 1)
    const rejected = batch.seq === seq ? platform.reject(batch) : []
    if (!platform.silent) void platform.acknowledge({ bootId: batch.bootId, seq, rejected })
  })
  return platform
}
