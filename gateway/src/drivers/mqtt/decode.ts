import { QUALITY } from '@fettle/contracts/uplink'
import { decodeTelemetry } from '@fettle/domain/uplink/json-telemetry'
import { validateReading } from '@fettle/domain/uplink/validate-reading'
import type { Reading } from '../../driver.ts'
import type { MqttSubscription } from './config.ts'
import { compilePointer } from './json-pointer.ts'

/** What a payload gave: its sound readings, and a sentence about the rest when something was wrong with it. */
export interface Decoded {
  readings: Reading[]
  fault?: string
}

export type DecodePayload = (text: string, device: string, receivedAtMs: number) => Decoded

/** Longer texts are no states of a machine; they would only crowd the spool. */
const longestText = 4_096

/**
 * Compiles the decoder of a subscription's payloads.
 * - `fettle`: the shapes that our own devices send, see `decodeTelemetry`.
 * - `flat`: every field at the top whose value is a number is a signal of that name.
 * - `mapped`: each signal is looked up at its pointer; what is not there is left out, `null` is a bad reading.
 *
 * Flat and mapped payloads may also be arrays of such objects. Without a configured time a reading has the time of
 * arrival; where a configured time cannot be read it has it too, with quality uncertain.
 */
export function compilePayload(subscription: Pick<MqttSubscription, 'payload' | 'signals' | 'time'>): DecodePayload {
  if (subscription.payload === 'fettle') return decodeFettle
  const pick =
    subscription.payload === 'flat' ? pickNumbers(subscription.time?.at) : pickMapped(subscription.signals ?? {})
  const readTime = compileTime(subscription.time)

  return (text, device, receivedAtMs) => {
    const parsed = parse(text)
    if ('fault' in parsed) return { readings: [], fault: parsed.fault }
    const result = collect()
    for (const item of Array.isArray(parsed.value) ? (parsed.value as unknown[]) : [parsed.value]) {
      if (typeof item !== 'object' || item === null) {
        result.complain(`expected an object, got ${JSON.stringify(item).slice(0, 40)}`)
        continue
      }
      const time = readTime(item, receivedAtMs)
      if (time.fault !== undefined) result.complain(time.fault)
      const quality = time.fault === undefined ? QUALITY.good : QUALITY.uncertain
      for (const [signal, value] of pick(item)) {
        result.take({ device, signal, tsMs: time.tsMs, value, quality: value === null ? QUALITY.bad : quality })
      }
    }
    return result.decoded()
  }
}

const decodeFettle: DecodePayload = (text, device, receivedAtMs) => {
  const telemetry = decodeTelemetry(text, receivedAtMs)
  if (!telemetry.ok) return { readings: [], fault: `${telemetry.reason}: ${telemetry.detail}` }
  const result = collect()
  for (const [signal, tsMs, value, quality] of telemetry.readings) result.take({ device, signal, tsMs, value, quality })
  return result.decoded()
}

interface Claim {
  device: string
  signal: string
  tsMs: number
  value: unknown
  quality: Reading[4]
}

/** Keeps what is sound and the first complaint about what is not. */
export function collect() {
  const readings: Reading[] = []
  let fault: string | undefined
  const complain = (sentence: string) => void (fault ??= sentence)
  return {
    complain,
    take({ device, signal, tsMs, value, quality }: Claim) {
      // Whether a time lies ahead is for the platform to judge: the clock of a gateway may never have been set.
      const rejection = validateReading(tsMs, value, quality, Infinity)
      if (rejection !== undefined) complain(`${signal}: ${rejection}`)
      else if (typeof value === 'string' && value.length > longestText)
        complain(`${signal}: longer than ${longestText} characters`)
      else readings.push([device, signal, tsMs, value as Reading[3], quality])
    },
    decoded: (): Decoded => (fault === undefined ? { readings } : { readings, fault }),
  }
}

function parse(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { fault: `no JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

type Picker = (item: object) => Iterable<[signal: string, value: unknown]>

/** `timeField`, when it is a plain field, is a time and no signal. */
function pickNumbers(timeField: string | undefined): Picker {
  const timeName = timeField?.replace(/^\//, '')
  return (item) => Object.entries(item).filter(([name, value]) => typeof value === 'number' && name !== timeName)
}

function pickMapped(signals: Record<string, string>): Picker {
  const pointers = Object.entries(signals).map(([signal, at]) => ({ signal, find: compilePointer(at) }))
  return function* (item) {
    for (const { signal, find } of pointers) {
      const value = find(item)
      if (value !== undefined) yield [signal, value]
    }
  }
}

const msPerUnit = { s: 1_000, ms: 1, us: 1e-3, ns: 1e-6 }

function compileTime(
  time: MqttSubscription['time'],
): (item: object, receivedAtMs: number) => { tsMs: number; fault?: string } {
  if (!time) return (_, receivedAtMs) => ({ tsMs: receivedAtMs })
  const { unit } = time
  const find = compilePointer(time.at)
  const read = (value: unknown): number =>
    unit === 'iso' ? Date.parse(textOf(value)) : numberOf(value) * msPerUnit[unit]
  return (item, receivedAtMs) => {
    const found = find(item)
    const tsMs = Math.round(read(found))
    if (Number.isFinite(tsMs)) return { tsMs }
    return { tsMs: receivedAtMs, fault: `no time (${unit}) at ${time.at}: ${JSON.stringify(found) ?? 'nothing there'}` }
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Numbers come as text where a sender feared to lose digits, as nanoseconds do. */
const numberOf = (value: unknown) => (typeof value === 'number' ? value : Number(textOf(value) || NaN))
