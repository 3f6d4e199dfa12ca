import { TEXT_MAX_LENGTH } from '@fettle/contracts/telemetry'
import { UPLINK_LIMITS, type GatewayBatch, type UplinkRejection } from '@fettle/contracts/uplink'
import { decodeTelemetry } from '@fettle/domain/uplink/json-telemetry'
import { validateReading } from '@fettle/domain/uplink/validate-reading'
import { encodeLogEntry, type EntrySource } from '@fettle/telemetry/log-entry'
import { entryBuilder, type EntryBuilder } from './entry-builder.ts'
import type { FindAsset } from './known-asset.ts'
import { plainText } from './payload-text.ts'
import { collectRefusals, type Refusal, type RejectedReading } from './refusals.ts'

/** A record for the log. */
export interface TakenRecord {
  readonly partition: number
  readonly payload: Uint8Array
}

/** What became of a message: good readings go on, whatever else it held. */
export interface Taken {
  readonly records: readonly TakenRecord[]
  /** How many readings the records hold. */
  readonly accepted: number
  /** One for each reason. */
  readonly refusals: readonly Refusal[]
}

/** `batch` is known as soon as the message says which one it is, even when all of it is refused. */
export interface TakenBatch extends Taken {
  readonly batch: Pick<GatewayBatch, 'bootId' | 'seq'> | undefined
  readonly rejected: readonly RejectedReading[]
}

/** A message as it came, and the catalogue as of now. */
export interface Arrival {
  readonly payload: Uint8Array
  /** UTC epoch ms. */
  readonly receivedAtMs: number
  readonly findAsset: FindAsset
  /** Given for a replay, whose readings are not news of the sender. */
  readonly source?: EntrySource
  /** The platform's clock, when it is not the time of arrival: a replay. */
  readonly nowMs?: number
}

/** Takes what a device published to its telemetry topic. Never throws. */
export function takeTelemetry(deviceKey: string, arrival: Arrival): Taken {
  const { receivedAtMs, nowMs = receivedAtMs, source = { kind: 'device', key: deviceKey } } = arrival
  const text = textOf(arrival.payload)
  if (typeof text !== 'string') return whole(text)
  const decoded = decodeTelemetry(text, receivedAtMs)
  if (!decoded.ok) return whole({ code: decoded.reason, detail: decoded.detail })

  const { readings } = decoded
  const asset = arrival.findAsset(deviceKey)
  const builder = asset && entryBuilder(asset, readings.length)
  const refused = collectRefusals<ReadingTuple>()
  for (const [index, [signalKey, tsMs, value, quality]] of readings.entries()) {
    const code = judge(builder, signalKey, tsMs, value, quality, nowMs)
    if (code) refused.add(index, code, [deviceKey, signalKey, tsMs, value, quality])
  }
  return {
    ...recordsOf(builder ? [builder] : [], source, receivedAtMs),
    refusals: refused.refusals(readings.length, asTelemetry),
  }
}

/** Takes what a gateway published to its batch topic. Never throws. */
export function takeBatch(gatewayKey: string, arrival: Arrival): TakenBatch {
  const { receivedAtMs, nowMs = receivedAtMs } = arrival
  const text = textOf(arrival.payload)
  if (typeof text !== 'string') return { ...whole(text), batch: undefined, rejected: [] }
  const message = parseBatch(text, gatewayKey)
  if ('code' in message) {
    const rejected = message.batch ? [{ index: -1, code: message.code }] : []
    return { ...whole(message), batch: message.batch, rejected }
  }

  const { batch, readings } = message
  const builders = new Map<string, EntryBuilder>()
  const refused = collectRefusals<unknown>()
  for (const [index, reading] of readings.entries()) {
    if (!isTuple(reading)) {
      refused.add(index, 'payload/wrong-shape', reading)
      continue
    }
    const [deviceKey, signalKey, tsMs, value, quality] = reading
    let builder = builders.get(deviceKey)
    if (!builder) {
      const asset = arrival.findAsset(deviceKey)
      if (asset) builders.set(deviceKey, (builder = entryBuilder(asset, 16)))
    }
    const code = judge(builder, signalKey, tsMs, value, quality, nowMs)
    if (code) refused.add(index, code, reading)
  }
  const source = arrival.source ?? { kind: 'gateway', key: gatewayKey, ...batch }
  return {
    ...recordsOf([...builders.values()], source, receivedAtMs),
    refusals: refused.refusals(readings.length, (some) => ({ gatewayId: gatewayKey, ...batch, readings: some })),
    batch,
    rejected: refused.rejected(),
  }
}

/** Adds a sound reading to its entry, or tells what is wrong with it. */
function judge(
  builder: EntryBuilder | undefined,
  signalKey: string,
  tsMs: unknown,
  value: unknown,
  quality: unknown,
  nowMs: number,
): UplinkRejection | undefined {
  if (!builder) return 'device/unknown'
  const signal = builder.asset.signals.get(signalKey)
  if (!signal) return 'signal/unknown'
  const fault = validateReading(tsMs, value, quality, nowMs)
  if (fault) return fault
  if (signal.kind === 'text') {
    if (value !== null && !isText(value)) return 'value/wrong-type'
    builder.addText(signal.series, tsMs as number, value === null ? null : plainText(value), quality as number)
    return undefined
  }
  if (typeof value === 'string') return namesNoNumber.test(value) ? 'value/not-a-number' : 'value/wrong-type'
  builder.add(signal.series, tsMs as number, value as number | boolean | null, quality as number)
  return undefined
}

/** Only a signal that is declared as one of texts takes them, and it takes nothing else: no history has two kinds of readings. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= TEXT_MAX_LENGTH

/** What printf, Python, Java and Node write for a value that is none. */
const namesNoNumber = /^\s*[+-]?(nan|inf|infinity|1\.#\w+)\s*$/i

function recordsOf(builders: readonly EntryBuilder[], source: EntrySource, receivedAtMs: number) {
  const filled = builders.filter(({ count }) => count > 0)
  return {
    records: filled.map((builder) => ({
      partition: builder.asset.partition,
      payload: encodeLogEntry(builder.entry(source, receivedAtMs)),
    })),
    accepted: filled.reduce((sum, { count }) => sum + count, 0),
  }
}

interface Fault {
  readonly code: UplinkRejection
  readonly detail: string
  readonly batch?: Pick<GatewayBatch, 'bootId' | 'seq'>
}

const whole = ({ code, detail }: Fault): Taken => ({
  records: [],
  accepted: 0,
  refusals: [{ code, detail, readings: 1 }],
})

function textOf(payload: Uint8Array): string | Fault {
  const { messageBytes } = UPLINK_LIMITS
  if (payload.length > messageBytes) {
    return { code: 'payload/too-large', detail: `the message is larger than the ${messageBytes} bytes that are taken` }
  }
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8')
}

const maxBootIdLength = 200

function parseBatch(
  text: string,
  gatewayKey: string,
): Fault | { batch: Pick<GatewayBatch, 'bootId' | 'seq'>; readings: readonly unknown[] } {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch (error) {
    return { code: 'payload/malformed', detail: error instanceof Error ? error.message : String(error) }
  }
  const wrong = (detail: string): Fault => ({ code: 'payload/wrong-shape', detail })
  if (typeof message !== 'object' || message === null) return wrong('a batch is an object')
  const { gatewayId, bootId, seq, readings } = message as Partial<Record<keyof GatewayBatch, unknown>>
  if (gatewayId !== gatewayKey) {
    return wrong(`"gatewayId" is ${JSON.stringify(gatewayId)?.slice(0, 100)}, but ${gatewayKey} published it`)
  }
  if (typeof bootId !== 'string' || bootId === '' || bootId.length > maxBootIdLength) {
    return wrong(`"bootId" must be a text of 1 to ${maxBootIdLength} characters`)
  }
  if (!Number.isSafeInteger(seq) || (seq as number) < 0) return wrong('"seq" must be an integer of 0 or more')
  const batch = { bootId, seq: seq as number }
  if (!Array.isArray(readings)) return { ...wrong('"readings" must be an array'), batch }
  const limit = UPLINK_LIMITS.readingsPerMessage
  if (readings.length > limit) {
    const detail = `${readings.length} readings in one message, at most ${limit} are taken`
    return { code: 'payload/too-many-readings', detail, batch }
  }
  return { batch, readings: readings as unknown[] }
}

/** As a gateway writes it. */
export type ReadingTuple = readonly [
  deviceKey: string,
  signalKey: string,
  tsMs: unknown,
  value: unknown,
  quality: unknown,
]

function isTuple(reading: unknown): reading is ReadingTuple {
  return (
    Array.isArray(reading) && reading.length === 5 && typeof reading[0] === 'string' && typeof reading[1] === 'string'
  )
}

/** As a device writes it; the quality follows from the value. */
export function asTelemetry(readings: readonly ReadingTuple[]): unknown {
  return readings.map(([, signalKey, ts, value]) => ({ ts, values: Object.fromEntries([[signalKey, value]]) }))
}
