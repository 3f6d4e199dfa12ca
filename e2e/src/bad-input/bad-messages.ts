import type { UplinkRejection, WireReading } from '@fettle/contracts/uplink'

/** What is wrong, how it is sent, and what the dead letter must say. */
export interface BadMessage {
  readonly what: string
  readonly payload: string | Buffer
  readonly code: UplinkRejection
}

const year1970 = 86_400_000
const year2100 = Date.UTC(2100, 0, 1)
const fiveMegabytes = `{"oil_temperature":60,"note":"${'x'.repeat(5 * 1024 * 1024)}"}`
const at = (ts: unknown, value: unknown, signal = 'oil_temperature') =>
  JSON.stringify({ ts, values: { [signal]: value } })

/** What a device may get wrong on its own topic. */
export function badTelemetry(nowMs: number): BadMessage[] {
  const series = Array.from({ length: 5_001 }, (_, n) => ({ ts: nowMs - n, values: { oil_temperature: 60 } }))
  return [
    { what: 'malformed JSON', payload: '{"ts": 17', code: 'payload/malformed' },
    { what: 'nothing', payload: '', code: 'payload/malformed' },
    { what: 'bytes that are no text', payload: Buffer.from([0xff, 0x00, 0xfe]), code: 'payload/malformed' },
    { what: 'a bare NaN', payload: '{"oil_temperature": NaN}', code: 'payload/malformed' },
    { what: 'a number instead of an object', payload: '7', code: 'payload/wrong-shape' },
    { what: 'a time without values', payload: `{"ts": ${nowMs}, "oil_temperature": 60}`, code: 'payload/wrong-shape' },
    { what: 'an object as value', payload: at(nowMs, { celsius: 60 }), code: 'value/wrong-type' },
    { what: 'a word as value', payload: at(nowMs, 'hot'), code: 'value/wrong-type' },
    { what: 'NaN as text', payload: at(nowMs, 'NaN'), code: 'value/not-a-number' },
    { what: 'a number too large', payload: at(nowMs, 0).replace(':0}', ':1e999}'), code: 'value/not-a-number' },
    { what: 'the year 1970', payload: at(year1970, 60), code: 'time/too-old' },
    { what: 'the year 2100', payload: at(year2100, 60), code: 'time/too-far-ahead' },
    { what: 'a time in words', payload: at('yesterday', 60), code: 'time/not-a-time' },
    { what: 'an unknown signal', payload: at(nowMs, 60, 'mood'), code: 'signal/unknown' },
    { what: '5,001 readings', payload: JSON.stringify(series), code: 'payload/too-many-readings' },
    { what: '5 MB', payload: fiveMegabytes, code: 'payload/too-large' },
  ]
}

export interface BadBatch extends BadMessage {
  /** Of the reading that is refused, -1 for all of the batch; absent when the batch could not even be told which one it is. */
  readonly index?: number
}

export interface BatchPlace {
  readonly gatewayKey: string
  readonly bootId: string
  /** A machine behind the gateway. */
  readonly deviceKey: string
  readonly nowMs: number
}

/** What a gateway may get wrong on its batch topic; the n-th is batch n. Readings beside the bad one are good. */
export function badBatches({ gatewayKey, bootId, deviceKey, nowMs }: BatchPlace): BadBatch[] {
  const good: WireReading = [deviceKey, 'oil_temperature', nowMs, 60, 0]
  const batches: ((seq: number) => BadBatch)[] = []
  const batch = (seq: number, readings: unknown, gatewayId = gatewayKey) =>
    JSON.stringify({ gatewayId, bootId, seq, readings })
  const reading = (what: string, code: UplinkRejection, ...bad: unknown[]) =>
    batches.push((seq) => ({ what, code, index: 1, payload: batch(seq, [good, bad, good]) }))
  const whole = (what: string, code: UplinkRejection, readings: unknown) =>
    batches.push((seq) => ({ what, code, index: -1, payload: batch(seq, readings) }))

  reading('an unknown device', 'device/unknown', 'AC75-NOBODY', 'oil_temperature', nowMs, 60, 0)
  reading('an unknown signal', 'signal/unknown', deviceKey, 'mood', nowMs, 60, 0)
  reading('an object as value', 'value/wrong-type', deviceKey, 'oil_temperature', nowMs, {}, 0)
  reading('NaN as text', 'value/not-a-number', deviceKey, 'oil_temperature', nowMs, 'NaN', 0)
  reading('null of good quality', 'value/wrong-type', deviceKey, 'oil_temperature', nowMs, null, 0)
  reading('a quality that does not exist', 'quality/unknown', deviceKey, 'oil_temperature', nowMs, 60, 7)
  reading('the year 1970', 'time/too-old', deviceKey, 'oil_temperature', year1970, 60, 0)
  reading('the year 2100', 'time/too-far-ahead', deviceKey, 'oil_temperature', year2100, 60, 0)
  reading('a time in words', 'time/not-a-time', deviceKey, 'oil_temperature', 'yesterday', 60, 0)
  reading('a tuple too short', 'payload/wrong-shape', deviceKey, 'oil_temperature')
  whole('readings that are no list', 'payload/wrong-shape', 'none')
  whole(
    '5,001 readings',
    'payload/too-many-readings',
    Array.from({ length: 5_001 }, () => good),
  )
  const numbered = batches.map((make, seq) => make(seq))
  return [
    ...numbered,
    { what: 'malformed JSON', payload: '{"gatewayId":', code: 'payload/malformed' },
    { what: 'a bare NaN', payload: batch(0, [[...good]]).replace(',60,', ',NaN,'), code: 'payload/malformed' },
    { what: 'the name of another gateway', payload: batch(0, [good], 'GW-ELSEWHERE'), code: 'payload/wrong-shape' },
    { what: 'a number that is none', payload: batch(-1, [good]), code: 'payload/wrong-shape' },
    { what: '5 MB', payload: fiveMegabytes, code: 'payload/too-large' },
  ]
}
