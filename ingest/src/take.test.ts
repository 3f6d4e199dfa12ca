import { UPLINK_LIMITS, type UplinkRejection } from '@fettle/contracts/uplink'
import { decodeLogEntry, type LogEntry } from '@fettle/telemetry/log-entry'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownAsset } from './known-asset.ts'
import { takeBatch, takeTelemetry, type Taken } from './take.ts'

const now = Date.UTC(2026, 10, 22, 3, 12)
const asset = (n: number, partition: number): KnownAsset => ({
  assetId: `01932f5c-8f2e-7000-8000-00000000000${n}`,
  customerId: '01932f5c-8f2e-7000-8000-00000000000a',
  siteId: '01932f5c-8f2e-7000-8000-00000000000b',
  modelId: '01932f5c-8f2e-7000-8000-00000000000c',
  partition,
  signals: new Map([
    ['temp', { series: n * 10, kind: 'number' }],
    ['run', { series: n * 10 + 1, kind: 'number' }],
    ['program', { series: n * 10 + 2, kind: 'text' }],
  ]),
})
const assets = new Map([
  ['AC1', asset(1, 5)],
  ['P2', asset(2, 7)],
])
const arrival = (payload: string | Buffer) => ({
  payload: Buffer.from(payload),
  receivedAtMs: now,
  findAsset: (key: string) => assets.get(key),
})

function entriesOf({ records }: Taken): LogEntry[] {
  return records.map(({ payload }) => decodeLogEntry(payload))
}
function readingsOf(taken: Taken) {
  return entriesOf(taken).flatMap(({ series, timesMs, values, qualities }) =>
    Array.from(series, (id, i) => [id, timesMs[i], values[i], qualities[i]]),
  )
}
const codesOf = ({ refusals }: Taken) => refusals.map(({ code, readings }) => [code, readings])

describe('takeTelemetry', () => {
  it('makes one record of a message, for the partition of the asset', () => {
    const taken = takeTelemetry('AC1', arrival('{"temp":71.2,"run":true}'))
    expect(taken).toMatchObject({ accepted: 2, refusals: [], records: [{ partition: 5 }] })
    expect(entriesOf(taken)[0]).toMatchObject({
      assetId: assets.get('AC1')?.assetId,
      receivedAtMs: now,
      source: { kind: 'device', key: 'AC1' },
    })
    expect(readingsOf(taken)).toEqual([
      [10, now, 71.2, 0],
      [11, now, 1, 0],
    ])
  })

  it('keeps order, repetitions and gaps as they came', () => {
    const taken = takeTelemetry(
      'AC1',
      arrival(
        '[{"ts":1760000000002,"values":{"temp":2}},{"ts":1760000000001,"values":{"temp":null}},{"ts":1760000000002,"values":{"temp":3}}]',
      ),
    )
    expect(readingsOf(taken)).toEqual([
      [10, 1760000000002, 2, 0],
      [10, 1760000000001, NaN, 2],
      [10, 1760000000002, 3, 0],
    ])
  })

  it.each<[string, string | Buffer, UplinkRejection]>([
    ['malformed JSON', '{"temp":7', 'payload/malformed'],
    ['a bare NaN, which is no JSON', '{"temp":NaN}', 'payload/malformed'],
    ['no text', Buffer.from([0xff, 0x00, 0xfe]), 'payload/malformed'],
    ['nothing', '', 'payload/malformed'],
    ['a list of numbers', '[1,2]', 'payload/wrong-shape'],
    ['more than a message may weigh', Buffer.alloc(UPLINK_LIMITS.messageBytes + 1, 32), 'payload/too-large'],
    ['NaN in words', '{"temp":"NaN"}', 'value/not-a-number'],
    ['infinity in words', '{"temp":"-Infinity"}', 'value/not-a-number'],
    ['1e999', '{"temp":1e999}', 'value/not-a-number'],
    ['a text', '{"temp":"71.2"}', 'value/wrong-type'],
    ['an object', '{"temp":{"v":1}}', 'value/wrong-type'],
    ['1970', '{"ts":0,"values":{"temp":1}}', 'time/too-old'],
    ['seconds for milliseconds', '{"ts":1763781120,"values":{"temp":1}}', 'time/too-old'],
    ['2100', '{"ts":4102444800000,"values":{"temp":1}}', 'time/too-far-ahead'],
    ['no time', '{"ts":"now","values":{"temp":1}}', 'time/not-a-time'],
    ['an unknown signal', '{"tmp":1}', 'signal/unknown'],
  ])('refuses %s', (_, payload, code) => {
    const taken = takeTelemetry('AC1', arrival(payload))
    expect(taken).toMatchObject({ records: [], accepted: 0 })
    expect(codesOf(taken)).toEqual([[code, 1]])
  })

  it('refuses 5,001 readings as one, and takes 5,000', () => {
    const message = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, i) => ({ ts: now - i, values: { temp: i } })))
    expect(codesOf(takeTelemetry('AC1', arrival(message(5_001))))).toEqual([['payload/too-many-readings', 1]])
    expect(takeTelemetry('AC1', arrival(message(5_000)))).toMatchObject({ accepted: 5_000, refusals: [] })
  })

  it('lets the good readings of a message go on, and refuses the others once for each reason', () => {
    const taken = takeTelemetry('AC1', arrival('{"temp":1,"tmp":2,"run":"NaN","speed":3}'))
    expect(readingsOf(taken)).toEqual([[10, now, 1, 0]])
    expect(taken.refusals).toEqual([
      {
        code: 'signal/unknown',
        readings: 2,
        detail: `2 of 4 readings; index 1, 3; the first: ["AC1","tmp",${now},2,0]`,
        payload: `[{"ts":${now},"values":{"tmp":2}},{"ts":${now},"values":{"speed":3}}]`,
      },
      {
        code: 'value/not-a-number',
        readings: 1,
        detail: `1 of 4 readings; index 2; the first: ["AC1","run",${now},"NaN",0]`,
        payload: `[{"ts":${now},"values":{"run":"NaN"}}]`,
      },
    ])
  })

  it('takes texts for a signal of texts, beside numbers', () => {
    const taken = takeTelemetry('AC1', arrival('{"program":"O2000","temp":71.2}'))
    expect(taken).toMatchObject({ accepted: 2, refusals: [] })
    expect(entriesOf(taken)[0]?.texts).toEqual(new Map([[0, 'O2000']]))
    expect(readingsOf(taken)).toEqual([
      [12, now, NaN, 0],
      [10, now, 71.2, 0],
    ])
  })

  it.each([
    ['a bad reading without one', 'null', null, 2],
    ['an empty one', '""', '', 0],
    ['one that looks like no number', '"NaN"', 'NaN', 0],
    ['one that looks like a number', '"71.2"', '71.2', 0],
    ['Chinese and line breaks', '"程序\\n1"', '程序\n1', 0],
    ['what PostgreSQL cannot keep as its replacement', '"a\\u0000b"', 'a\uFFFDb', 0],
    ['half a character as its replacement', '"\\ud83d"', '\uFFFD', 0],
    ['as long as one may be', JSON.stringify('x'.repeat(1_000)), 'x'.repeat(1_000), 0],
  ])('takes as text %s', (_, json, text, quality) => {
    const [entry] = entriesOf(takeTelemetry('AC1', arrival(`{"program":${json}}`)))
    expect(entry).toMatchObject({ series: Int32Array.of(12), qualities: Uint8Array.of(quality) })
    expect(entry?.texts).toEqual(new Map([[0, text]]))
  })

  it.each([
    ['a number', '71.2'],
    ['a boolean', 'true'],
    ['an object', '{}'],
    ['more than a text may be', JSON.stringify('x'.repeat(1_001))],
  ])('refuses as text %s', (_, json) => {
    const taken = takeTelemetry('AC1', arrival(`{"program":${json}}`))
    expect(taken).toMatchObject({ records: [], accepted: 0 })
    expect(codesOf(taken)).toEqual([['value/wrong-type', 1]])
  })

  it('refuses everything of a device that is in no file', () => {
    expect(codesOf(takeTelemetry('P9', arrival('{"temp":1,"run":2}')))).toEqual([['device/unknown', 2]])
  })

  it('a replay keeps its source and is judged by the clock of today', () => {
    const ahead = `{"ts":${now + 3_600_000},"values":{"temp":1}}`
    const [refusal] = takeTelemetry('AC1', arrival(ahead)).refusals
    expect(refusal?.code).toBe('time/too-far-ahead')
    const source = { kind: 'replay', key: 'AC1', deadLetterId: 4 } as const
    const again = takeTelemetry('AC1', { ...arrival(refusal?.payload ?? ''), nowMs: now + 3_600_000, source })
    expect(again).toMatchObject({ accepted: 1, refusals: [] })
    expect(entriesOf(again)[0]?.source).toEqual(source)
  })
})

describe('takeBatch', () => {
  const batch = (readings: unknown, changes: object = {}) =>
    arrival(JSON.stringify({ gatewayId: 'GW', bootId: 'b', seq: 3, readings, ...changes }))

  it('makes one record for each asset, in order within it', () => {
    const taken = takeBatch(
      'GW',
      batch([
        ['AC1', 'temp', now, 1, 0],
        ['P2', 'temp', now, 2, 1],
        ['AC1', 'run', now, false, 0],
        ['AC1', 'temp', now - 1, null, 2],
      ]),
    )
    expect(taken).toMatchObject({ accepted: 4, refusals: [], rejected: [], batch: { bootId: 'b', seq: 3 } })
    expect(taken.records.map(({ partition }) => partition)).toEqual([5, 7])
    expect(entriesOf(taken)[1]?.source).toEqual({ kind: 'gateway', key: 'GW', bootId: 'b', seq: 3 })
    expect(readingsOf(taken)).toEqual([
      [10, now, 1, 0],
      [11, now, 0, 0],
      [10, now - 1, NaN, 2],
      [20, now, 2, 1],
    ])
  })

  it.each<[string, unknown, UplinkRejection]>([
    ['malformed text', 'no tuple', 'payload/wrong-shape'],
    ['a short tuple', ['AC1', 'temp', now, 1], 'payload/wrong-shape'],
    ['keys that are numbers', [1, 2, now, 1, 0], 'payload/wrong-shape'],
    ['an unknown device', ['AC9', 'temp', now, 1, 0], 'device/unknown'],
    ['an unknown signal', ['AC1', 'tmp', now, 1, 0], 'signal/unknown'],
    ['a time in words', ['AC1', 'temp', 'now', 1, 0], 'time/not-a-time'],
    ['1970', ['AC1', 'temp', 0, 1, 0], 'time/too-old'],
    ['2100', ['AC1', 'temp', Date.UTC(2100, 0), 1, 0], 'time/too-far-ahead'],
    ['a text', ['AC1', 'temp', now, 'hot', 0], 'value/wrong-type'],
    ['NaN in words', ['AC1', 'temp', now, 'nan', 0], 'value/not-a-number'],
    ['a good null', ['AC1', 'temp', now, null, 0], 'value/wrong-type'],
    ['a strange quality', ['AC1', 'temp', now, 1, 192], 'quality/unknown'],
  ])('refuses %s by its index and takes the rest', (_, bad, code) => {
    const good = ['AC1', 'temp', now, 1, 0]
    const taken = takeBatch('GW', batch([good, bad, good]))
    expect(taken).toMatchObject({ accepted: 2, rejected: [{ index: 1, code }] })
    expect(taken.refusals).toMatchObject([{ code, readings: 1 }])
    expect(JSON.parse(taken.refusals[0]?.payload ?? '')).toEqual({
      gatewayId: 'GW',
      bootId: 'b',
      seq: 3,
      readings: [bad],
    })
  })

  it.each<[string, ReturnType<typeof arrival>, UplinkRejection, object | undefined]>([
    ['malformed JSON', arrival('{'), 'payload/malformed', undefined],
    ['null', arrival('null'), 'payload/wrong-shape', undefined],
    ['the name of another gateway', batch([], { gatewayId: 'G2' }), 'payload/wrong-shape', undefined],
    ['no boot', batch([], { bootId: '' }), 'payload/wrong-shape', undefined],
    ['a sequence below zero', batch([], { seq: -1 }), 'payload/wrong-shape', undefined],
    ['readings that are no array', batch({}), 'payload/wrong-shape', { bootId: 'b', seq: 3 }],
    [
      '5,001 readings',
      batch(Array.from({ length: 5_001 }, () => 0)),
      'payload/too-many-readings',
      { bootId: 'b', seq: 3 },
    ],
  ])('refuses %s', (_, given, code, known) => {
    const taken = takeBatch('GW', given)
    expect(taken).toMatchObject({ records: [], accepted: 0, refusals: [{ code, readings: 1 }] })
    expect(taken.batch).toEqual(known)
    expect(taken.rejected).toEqual(known ? [{ index: -1, code }] : [])
  })

  it('takes a batch without readings, so that it can be acknowledged', () => {
    expect(takeBatch('GW', batch([]))).toMatchObject({ records: [], refusals: [], batch: { seq: 3 } })
  })
})

describe('whatever comes', () => {
  it('each reading is either taken or refused, none twice', () => {
    const part = fc.oneof(fc.constantFrom('AC1', 'P2', 'temp', 'run', now, 0, 1, 2, Infinity), fc.jsonValue())
    const tuple = fc.oneof(
      fc.tuple(
        fc.constantFrom('AC1', 'P2', 'P9'),
        fc.constantFrom('temp', 'program', 'x'),
        part,
        part,
        fc.constantFrom(0, 1, 2, 3),
      ),
      fc.array(part, { maxLength: 6 }),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(fc.array(tuple, { maxLength: 30 }), (readings) => {
        const payload = JSON.stringify({ gatewayId: 'GW', bootId: 'b', seq: 1, readings })
        const taken = takeBatch('GW', arrival(payload))
        expect(taken.accepted + taken.rejected.length).toBe(readings.length)
        expect(readingsOf(taken)).toHaveLength(taken.accepted)
        expect(new Set(taken.rejected.map(({ index }) => index)).size).toBe(taken.rejected.length)
        const inLetters = taken.refusals.reduce((sum, refusal) => sum + refusal.readings, 0)
        expect(inLetters).toBe(taken.rejected.length)
        // A replay without a change refuses the same again.
        for (const refusal of taken.refusals) {
          expect(codesOf(takeBatch('GW', arrival(refusal.payload ?? '')))).toEqual([[refusal.code, refusal.readings]])
        }
      }),
    )
  })

  it('nothing throws', () => {
    const payload = fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from))
    fc.assert(
      fc.property(payload, (bytes) => {
        takeTelemetry('AC1', arrival(Buffer.from(bytes)))
        takeBatch('GW', arrival(Buffer.from(bytes)))
      }),
    )
  })
})
