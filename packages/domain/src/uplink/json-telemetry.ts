import { QUALITY, UPLINK_LIMITS, type Quality, type UplinkRejection, type WireReading } from '@fettle/contracts/uplink'

/**
 * What a device claims, in order of arrival. Only the structure was checked: `tsMs` and `value` are whatever JSON held,
 * so `validateReading` must see every one of them before it is believed.
 */
export type ClaimedReading = [signalKey: string, tsMs: number, value: WireReading[3], quality: Quality]

export type DecodedTelemetry =
  { ok: true; readings: ClaimedReading[] } | { ok: false; reason: UplinkRejection; detail: string }

/**
 * Decodes what a device publishes to `fettle/v1/devices/{deviceKey}/telemetry`, one of
 *
 *     {"temp": 71.2}                                   every field is a signal, at the time of arrival
 *     {"ts": 1760000000000, "values": {"temp": 71.2}}  at the source's own time in epoch ms
 *     [{"ts": …, "values": {…}}, …]                    several of the latter, each with its time
 *
 * `payload` is the message's text, or its value when someone already parsed it. A `null` is a sensor that has nothing
 * to say: a bad reading. Structural faults refuse the whole message with a reason and a detail that a person can act
 * on; the size in bytes is the transport's to judge.
 */
export function decodeTelemetry(payload: unknown, receivedAtMs: number): DecodedTelemetry {
  let message = payload
  if (typeof payload === 'string') {
    try {
      message = JSON.parse(payload)
    } catch (error) {
      return refuse('payload/malformed', error instanceof Error ? error.message : String(error))
    }
  }

  const readings: ClaimedReading[] = []
  const fault = Array.isArray(message) ? collectSeries(message, readings) : collectOne(message, receivedAtMs, readings)
  if (fault !== undefined) return refuse('payload/wrong-shape', fault)
  if (readings.length === 0) return refuse('payload/wrong-shape', 'the message carries no reading')
  if (readings.length > UPLINK_LIMITS.readingsPerMessage) {
    const limit = UPLINK_LIMITS.readingsPerMessage
    return refuse('payload/too-many-readings', `${readings.length} readings in one message, at most ${limit} are taken`)
  }
  return { ok: true, readings }
}

const refuse = (reason: UplinkRejection, detail: string): DecodedTelemetry => ({ ok: false, reason, detail })

function collectOne(message: unknown, receivedAtMs: number, into: ClaimedReading[]): string | undefined {
  if (!isRecord(message)) return `expected an object or an array, got ${nameOf(message)}`
  if (isRecord(message['values'])) {
    collectValues(message['values'], 'ts' in message ? message['ts'] : receivedAtMs, into)
    return undefined
  }
  // Guessing here would store old readings as new ones.
  if ('ts' in message) return '"ts" needs its readings in an object "values" beside it'
  collectValues(message, receivedAtMs, into)
  return undefined
}

function collectSeries(items: unknown[], into: ClaimedReading[]): string | undefined {
  for (const [index, item] of items.entries()) {
    if (!isRecord(item) || !('ts' in item) || !isRecord(item['values'])) {
      return `item ${index} is not {"ts": …, "values": {…}}`
    }
    collectValues(item['values'], item['ts'], into)
  }
  return undefined
}

function collectValues(values: Record<string, unknown>, ts: unknown, into: ClaimedReading[]) {
  // Half the world computes its milliseconds from float seconds; the fraction means nothing.
  const tsMs = (typeof ts === 'number' ? Math.round(ts) : ts) as number
  for (const signalKey of Object.keys(values)) {
    const value = values[signalKey] as WireReading[3]
    into.push([signalKey, tsMs, value, value === null ? QUALITY.bad : QUALITY.good])
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (value: unknown) => (value === null ? 'null' : `a ${typeof value}`)
