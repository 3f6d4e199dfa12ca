import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeLogEntry, encodeLogEntry, type EntrySource, type LogEntry } from './log-entry.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const whole = fc.nat(Number.MAX_SAFE_INTEGER)
const source: fc.Arbitrary<EntrySource> = fc.oneof(
  fc.record({ kind: fc.constant('device' as const), key: text }),
  fc.record({ kind: fc.constant('gateway' as const), key: text, bootId: text, seq: whole }),
  fc.record({ kind: fc.constant('replay' as const), key: text, deadLetterId: whole }),
)
const reading = fc.tuple(
  fc.nat(2 ** 31 - 1),
  fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 }),
  fc.double(),
  fc.constantFrom(0, 1, 2),
  fc.option(fc.oneof(text, fc.constant(null)), { nil: undefined, freq: 2 }),
)
const entry: fc.Arbitrary<LogEntry> = fc
  .record({
    assetId: fc.uuid(),
    customerId: fc.uuid(),
    siteId: fc.uuid(),
    modelId: fc.uuid(),
    receivedAtMs: whole,
    source,
    readings: fc.array(reading, { maxLength: 50 }),
  })
  .map(({ readings, ...header }) => ({
    ...header,
    series: Int32Array.from(readings, ([series]) => series),
    timesMs: Float64Array.from(readings, ([, at]) => at),
    values: Float64Array.from(readings, ([, , value]) => value),
    qualities: Uint8Array.from(readings, ([, , , quality]) => quality),
    ...textsIn(readings.map((each) => each[4])),
  }))

function textsIn(column: (string | null | undefined)[]): Pick<LogEntry, 'texts'> {
  const texts = new Map(column.flatMap((each, i): [number, string | null][] => (each === undefined ? [] : [[i, each]])))
  return texts.size > 0 ? { texts } : {}
}

const one: LogEntry = {
  assetId: '01932f5c-8f2e-7000-8000-000000000001',
  customerId: '01932f5c-8f2e-7000-8000-000000000002',
  siteId: '01932f5c-8f2e-7000-8000-000000000003',
  modelId: '01932f5c-8f2e-7000-8000-000000000004',
  receivedAtMs: 1_763_781_120_000,
  source: { kind: 'gateway', key: 'gw-鼎轴', bootId: 'b1', seq: 42 },
  series: Int32Array.of(7, 8),
  timesMs: Float64Array.of(1_763_781_119_000, 1_763_781_119_500),
  values: Float64Array.of(71.2, NaN),
  qualities: Uint8Array.of(0, 2),
}

it('comes back as it went in, wherever in memory it lies', () => {
  fc.assert(
    fc.property(entry, fc.nat(16), (written, offset) => {
      const encoded = encodeLogEntry(written)
      const memory = new Uint8Array(encoded.length + offset + 3)
      memory.set(encoded, offset)
      expect(decodeLogEntry(memory.subarray(offset, offset + encoded.length))).toEqual(written)
    }),
  )
})

it('costs 21 bytes a reading', () => {
  const wide = { ...one, series: new Int32Array(102), timesMs: new Float64Array(102) }
  const bytes = encodeLogEntry({ ...wide, values: new Float64Array(102), qualities: new Uint8Array(102) }).length
  expect(bytes - encodeLogEntry(one).length).toBe(2_100)
})

it('takes columns that are views', () => {
  const view = { ...one, timesMs: Float64Array.of(0, 1, 2, 3).subarray(1, 3) }
  expect(decodeLogEntry(encodeLogEntry(view)).timesMs).toEqual(Float64Array.of(1, 2))
})

it('keeps its format: what an older program wrote is still read', () => {
  const stored =
    'AQEJAAIAAAACAAAAAAAAAAAAAMGYqnlCAAAAAAAARUABky9cjy5wAIAAAAAAAAABAZMvXI8ucACAAAAAAAAAAgGTL1yPLnAAgAAAAAAAAAMBky9cjy5wAIAA' +
    'AAAAAAAEZ3ct6byO6L20YjEAAAAAAACAwcCYqnlCAMDgwJiqeULNzMzMzMxRQAAAAAAAAPh/BwAAAAgAAAAAAg=='
  expect(decodeLogEntry(Buffer.from(stored, 'base64'))).toEqual(one)
  expect(Buffer.from(encodeLogEntry(one)).toString('base64')).toBe(stored)
})

const withTexts: LogEntry = {
  ...one,
  texts: new Map([
    [0, '循环 O2000\n"AUTO"'],
    [1, null],
  ]),
}

it('keeps the format of texts: what this program wrote a later one reads', () => {
  const stored =
    'AgEJAAIAAAACAAAAJwAAAAAAAMGYqnlCAAAAAAAARUABky9cjy5wAIAAAAAAAAABAZMvXI8ucACAAAAAAAAAAgGTL1yPLnAAgAAAAAAAAAMBky9cjy5wAIAA' +
    'AAAAAAAEZ3ct6byO6L20YjEAAAAAAACAwcCYqnlCAMDgwJiqeULNzMzMzMxRQAAAAAAAAPh/BwAAAAgAAAAAAgIAAAAAAAAAEwAAAAEAAAD/////5b6q546vIE8y' +
    'MDAwCiJBVVRPIg=='
  expect(Buffer.from(encodeLogEntry(withTexts)).toString('base64')).toBe(stored)
  expect(decodeLogEntry(Buffer.from(stored, 'base64'))).toEqual(withTexts)
})

it('an entry of numbers is written as before texts were known', () => {
  expect(encodeLogEntry({ ...one, texts: new Map() })).toEqual(encodeLogEntry(one))
  expect(encodeLogEntry(one)[0]).toBe(1)
  expect(encodeLogEntry(withTexts)[0]).toBe(2)
})

it('refuses an entry of another version by its first byte', () => {
  const newer = encodeLogEntry(one)
  newer[0] = 3
  expect(() => decodeLogEntry(newer)).toThrow(expect.objectContaining({ code: 'entry/unknown-version' }))
})

it.each([
  ['numbers', one],
  ['texts', withTexts],
])('refuses a cut entry of %s at every length', (_, entry) => {
  const whole = encodeLogEntry(entry)
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodeLogEntry(whole.subarray(0, length))).toThrow(expect.objectContaining({ code: 'entry/damaged' }))
  }
})

it.each([
  ['a text of a reading that is not there', 0, 7],
  ['two texts of one reading', 8, 0],
  ['a text that is longer than the entry', 4, 2 ** 31],
  ['more texts than there is room for', -4, 2 ** 31],
  ['a text that ends too early', 4, 3],
])('refuses %s', (_, offset, number) => {
  const bytes = Buffer.from(encodeLogEntry(withTexts))
  const textsAt = bytes.length - bytes.readUInt32LE(12)
  bytes.writeUInt32LE(number, textsAt + 4 + offset)
  expect(() => decodeLogEntry(bytes)).toThrow(expect.objectContaining({ code: 'entry/damaged' }))
})

it('refuses what is no UUID before it is in the log', () => {
  expect(() => encodeLogEntry({ ...one, siteId: 'site-1' })).toThrow(RangeError)
})
