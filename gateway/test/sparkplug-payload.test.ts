import { decodeSparkplug, valueOf, type SparkplugMetric, type SparkplugPayload } from '@fettle/domain/uplink/sparkplug'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, type EncodedMetric } from './sparkplug-encoder.ts'

/** Our decoder on what the encoder of Eclipse Tahu, written by others, makes of the same metrics. */

function decode(payload: Parameters<typeof encode>[0]): SparkplugPayload {
  const decoded = decodeSparkplug(encode(payload))
  if (!decoded.ok) throw new Error(decoded.detail)
  return decoded.payload
}
const decodeMetric = (metric: EncodedMetric): SparkplugMetric => decode({ metrics: [metric] }).metrics[0]!
const valueBack = (type: EncodedMetric['type'], value: EncodedMetric['value']) => {
  const metric = decodeMetric({ name: 'm', type, value })
  return valueOf(metric, metric.datatype)
}

const t = 1_763_781_120_000

describe('a payload of Eclipse Tahu', () => {
  it.each<[EncodedMetric['type'], EncodedMetric['value'], unknown]>([
    ['Int8', -5, -5],
    ['Int8', 127, 127],
    ['Int16', -1234, -1234],
    ['Int32', -2147483648, -2147483648],
    ['UInt8', 255, 255],
    ['UInt16', 65535, 65535],
    ['UInt32', 4294967295, 4294967295],
    ['Int64', -4328719365, -4328719365],
    ['Int64', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['UInt64', 4328719365, 4328719365],
    ['Float', 71.2, 71.2],
    ['Float', 0, 0],
    ['Double', -0.1, -0.1],
    ['Boolean', false, false],
    ['String', '运行', '运行'],
    ['Text', '', ''],
    ['UUID', '0190a1b2-0000-7000-8000-000000000000', '0190a1b2-0000-7000-8000-000000000000'],
    ['DateTime', t, t],
    ['Bytes', new Uint8Array([1, 2]), undefined],
  ])('%s %s comes back', (type, value, expected) => expect(valueBack(type, value)).toEqual(expected))

  it('keeps times, sequence, alias and marks', () => {
    const payload = decode({
      timestamp: t,
      seq: 255,
      metrics: [
        { name: 'flow', alias: 7, timestamp: t - 5, type: 'Double', value: 96.5, isHistorical: true },
        { alias: 8, timestamp: t, type: 'Int32', value: null },
      ],
    })
    expect(payload).toEqual({
      timestampMs: t,
      seq: 255,
      metrics: [
        { name: 'flow', alias: '7', timestampMs: t - 5, datatype: 10, isHistorical: true, isNull: false, raw: 96.5 },
        { alias: '8', timestampMs: t, datatype: 3, isHistorical: false, isNull: true },
      ],
    })
  })

  it.each([0, 192, 500])('finds the quality %i among other properties', (code) => {
    const properties = {
      engUnit: { type: 'String' as const, value: 'm³/h' },
      Quality: { type: 'Int32' as const, value: code },
      nested: { type: 'PropertySet' as const, value: { Quality: { type: 'Int32' as const, value: 7 } } },
    }
    expect(decodeMetric({ name: 'flow', type: 'Double', value: 1, properties }).qualityCode).toBe(code)
  })

  it('steps over data sets, templates and metadata', () => {
    const dataset = { numOfColumns: 1, columns: ['a'], types: ['Double' as const], rows: [[1], [2]] }
    const template = { metrics: [{ name: 'inner', type: 'Int32' as const, value: 4 }], isDefinition: true }
    const { metrics } = decode({
      metrics: [
        { name: 'table', type: 'DataSet', value: dataset },
        { name: 'template', type: 'Template', value: template },
        { name: 'file', type: 'File', value: new Uint8Array(40), metadata: { fileName: 'a.csv', size: 40, seq: 0 } },
        { name: 'flow', type: 'Double', value: 96 },
      ],
    })
    expect(metrics.map(({ name, raw }) => [name, raw])).toEqual([
      ['table', undefined],
      ['template', undefined],
      ['file', undefined],
      ['flow', 96],
    ])
  })

  const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
  const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })
  const typed = fc.oneof(
    ...([8, 16, 32] as const).flatMap((bits) => [
      int(bits).map((value) => ({ type: `Int${bits}` as const, value })),
      uint(bits).map((value) => ({ type: `UInt${bits}` as const, value })),
    ]),
    fc.maxSafeInteger().map((value) => ({ type: 'Int64' as const, value })),
    fc.maxSafeNat().map((value) => ({ type: 'UInt64' as const, value })),
    fc.double({ noNaN: true }).map((value) => ({ type: 'Double' as const, value })),
    fc.float({ noNaN: true }).map((value) => ({ type: 'Float' as const, value })),
    fc.boolean().map((value) => ({ type: 'Boolean' as const, value })),
    fc.string({ unit: 'grapheme' }).map((value) => ({ type: 'String' as const, value })),
  )
  const metric = fc.record({
    typed,
    name: fc.string({ unit: 'grapheme', minLength: 1 }),
    alias: fc.maxSafeNat(),
    timestamp: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  })

  it('any metrics come back as they were', () => {
    fc.assert(
      fc.property(fc.array(metric, { maxLength: 20 }), fc.nat(255), (sent, seq) => {
        const metrics = sent.map(({ typed, ...rest }) => ({ ...typed, ...rest }))
        const payload = decode({ timestamp: t, seq, metrics })
        expect(payload.seq).toBe(seq)
        expect(payload.metrics).toHaveLength(sent.length)
        for (const [index, back] of payload.metrics.entries()) {
          const { name, alias, timestamp, typed } = sent[index]!
          expect(back).toMatchObject({ name, alias: String(alias), timestampMs: timestamp })
          const value = valueOf(back, back.datatype)
          if (typed.type === 'Float') expect(Math.fround(value as number) === typed.value).toBe(true)
          else expect(value === typed.value).toBe(true)
        }
      }),
    )
  })

  it('cut off anywhere is refused or shorter, and never throws', () => {
    const bytes = encode({ timestamp: t, seq: 1, metrics: [{ name: 'flow', alias: 7, type: 'Double', value: 96 }] })
    for (let length = 0; length < bytes.length; length++) {
      const decoded = decodeSparkplug(bytes.subarray(0, length))
      expect(decoded.ok ? decoded.payload.seq : undefined).toBeUndefined()
    }
  })
})
