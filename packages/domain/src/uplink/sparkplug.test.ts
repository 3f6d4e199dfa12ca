import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rebirthCommand } from './sparkplug-rebirth.ts'
import { parseSparkplugTopic } from './sparkplug-topic.ts'
import { datatypes } from './sparkplug-wire.ts'
import { decodeSparkplug, valueOf, type SparkplugMetric } from './sparkplug.ts'

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16))

describe('decodeSparkplug', () => {
  it('reads a payload written out by hand', () => {
    const payload = [
      '08 80 d0 95 ff bc 31', // timestamp
      '12 16', // a metric of 22 bytes
      '0a 04 666c6f77', // its name: flow
      '10 07', // its alias
      '18 81 d0 95 ff bc 31', // its timestamp
      '20 09', // its datatype: Float
      '65 66 66 8e 42', // its value: 71.2
      '18 05', // seq
    ].join(' ')
    expect(decodeSparkplug(bytesOf(payload))).toEqual({
      ok: true,
      payload: {
        timestampMs: 1_700_000_000_000,
        seq: 5,
        metrics: [
          {
            name: 'flow',
            alias: '7',
            timestampMs: 1_700_000_000_001,
            datatype: 9,
            isHistorical: false,
            isNull: false,
            raw: 71.2,
          },
        ],
      },
    })
  })

  it.each<[string, string]>([
    ['nothing at all', ''],
    ['unknown fields of every wire type', '98 06 01  99 06 0000000000000000  9a 06 01 ff  9d 06 00000000'],
    ['a known number with another wire type', '0d 00000000'],
  ])('%s is a payload without metrics', (_, hex) => {
    expect(decodeSparkplug(bytesOf(hex))).toEqual({ ok: true, payload: { metrics: [] } })
  })

  it.each<[string, string, RegExp]>([
    ['a metric that is cut off', '12 05 0a 04 66', /cut off/],
    ['a field that reaches beyond its metric', '12 02 0a 04 666c6f77', /beyond its message/],
    ['a varint without end', '08 ff ff ff ff ff ff ff ff ff ff ff', /varint/],
    ['a tag without its field', '08', /range/],
    ['a wire type that does not exist', '0f', /wire type/],
    ['JSON', '7b2266 6c6f77223a31 7d', /./],
    ['a compressed payload', '22 12 53504256312e305f434f4d50524553534544', /compressed/],
  ])('%s is refused', (_, hex, detail) => {
    expect(decodeSparkplug(bytesOf(hex))).toEqual({ ok: false, detail: expect.stringMatching(detail) })
  })

  it('answers any bytes, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeSparkplug(bytes)
        expect(decoded.ok ? decoded.payload.metrics : decoded.detail).toBeDefined()
      }),
      { numRuns: 2_000 },
    )
  })

  it('answers a payload with some bytes changed', () => {
    const { payload } = rebirthCommand('G', 'E', 1_700_000_000_000)
    const change = fc.tuple(fc.nat(payload.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(payload.length), (changes, length) => {
        const bytes = Uint8Array.from(payload)
        for (const [at, value] of changes) bytes[at] = value
        expect(() => decodeSparkplug(bytes.subarray(0, length))).not.toThrow()
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('valueOf', () => {
  const metric = (raw: SparkplugMetric['raw']) => ({
    isHistorical: false,
    isNull: false,
    ...(raw !== undefined && { raw }),
  })
  it.each<[keyof typeof datatypes, bigint, number]>([
    ['Int8', 0xfffffffbn, -5],
    ['Int8', 0xfbn, -5],
    ['Int16', 0xfffffb2en, -1234],
    ['Int16', 0xfb2en, -1234],
    ['Int32', 0xfffe1dc0n, -123456],
    ['Int32', 0xfffffffffffe1dc0n, -123456],
    ['Int64', 0xfffffffefdfcfbfbn, -4328719365],
    ['UInt8', 255n, 255],
    ['UInt16', 65535n, 65535],
    ['UInt32', 4294967295n, 4294967295],
    ['UInt64', 2n ** 63n, 2 ** 63],
    ['DateTime', 1_700_000_000_000n, 1_700_000_000_000],
  ])('%s %s is %d', (type, raw, value) => expect(valueOf(metric(raw), datatypes[type])).toBe(value))

  it('needs no datatype for what describes itself', () => {
    for (const value of [1.5, true, 'RUN']) expect(valueOf(metric(value), undefined)).toBe(value)
  })

  it('knows no integer without its datatype, and no value where none is', () => {
    expect(valueOf(metric(5n), undefined)).toBeUndefined()
    expect(valueOf(metric(5n), 16)).toBeUndefined()
    expect(valueOf(metric(undefined), datatypes.Float)).toBeUndefined()
  })
})

it('a rebirth command is what the specification says', () => {
  const { topic, payload } = rebirthCommand('Runchang', 'pumphouse', 1_700_000_000_000)
  expect(topic).toBe('spBv1.0/Runchang/NCMD/pumphouse')
  expect(decodeSparkplug(payload)).toEqual({
    ok: true,
    payload: {
      timestampMs: 1_700_000_000_000,
      metrics: [
        {
          name: 'Node Control/Rebirth',
          timestampMs: 1_700_000_000_000,
          datatype: datatypes.Boolean,
          isHistorical: false,
          isNull: false,
          raw: true,
        },
      ],
    },
  })
})

describe('a Sparkplug topic', () => {
  it.each<[string, unknown]>([
    ['spBv1.0/G/NBIRTH/E', { group: 'G', node: 'E', type: 'NBIRTH' }],
    ['spBv1.0/G/NDEATH/E', { group: 'G', node: 'E', type: 'NDEATH' }],
    ['spBv1.0/G/DDATA/E/D-1', { group: 'G', node: 'E', type: 'DDATA', device: 'D-1' }],
    ['spBv1.0/G/NCMD/E', 'ignored'],
    ['spBv1.0/G/DCMD/E/D', 'ignored'],
    ['spBv1.0/STATE/scada', 'ignored'],
    ['spAv1.0/G/NDATA/E', undefined],
    ['spBv1.0/G/NDATA/E/D', undefined],
    ['spBv1.0/G/DDATA/E', undefined],
    ['spBv1.0/G/DDATA/E/', undefined],
    ['spBv1.0/G/DDATA/E/D/x', undefined],
    ['spBv1.0/G/ndata/E', undefined],
    ['spBv1.0/G', undefined],
    ['', undefined],
  ])('%s', (topic, parsed) => expect(parseSparkplugTopic(topic)).toEqual(parsed))
})
