import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../log-entry.ts'
import { chunksOf, hourMs, newestOf, summaryOf, type Chunk } from './chunks.ts'

type Reading = [series: number, atMs: number, value: number, quality: number]

const start = Date.UTC(2026, 10, 22, 3)
const id = '01932f5c-8f2e-7000-8000-000000000001'

function entry(...readings: Reading[]): LogEntry {
  return {
    assetId: id,
    customerId: id,
    siteId: id,
    modelId: id,
    receivedAtMs: start,
    source: { kind: 'device', key: 'd' },
    series: Int32Array.from(readings, ([series]) => series),
    timesMs: Float64Array.from(readings, ([, at]) => at),
    values: Float64Array.from(readings, ([, , value]) => value),
    qualities: Uint8Array.from(readings, ([, , , quality]) => quality),
  }
}

const chunk = (values: number[], qualities: number[]): Chunk => ({
  series: 1,
  asset: entry(),
  position: 0,
  times: [],
  values,
  qualities,
})

describe('chunksOf', () => {
  it('gathers a series over entries and keeps its newest position', () => {
    const entries = [
      { position: 4, entry: entry([1, start, 10, 0], [2, start, 20, 0], [1, start + 1, 11, 1]) },
      { position: 5, entry: entry([1, start + 2, 12, 0]) },
    ]
    expect(chunksOf(entries)).toMatchObject([
      { series: 1, position: 5, times: [start, start + 1, start + 2], values: [10, 11, 12], qualities: [0, 1, 0] },
      { series: 2, position: 4, times: [start], values: [20], qualities: [0] },
    ])
  })

  it('cuts at the turn of the hour', () => {
    const turn = start + hourMs
    const [before, after] = chunksOf([{ position: 1, entry: entry([1, turn - 1, 1, 0], [1, turn, 2, 0]) }])
    expect([before?.times, after?.times]).toEqual([[turn - 1], [turn]])
  })

  it('sorts what came out of order, and of two at one time keeps the later', () => {
    const readings = entry([1, start + 5, 5, 0], [1, start + 1, 1, 0], [1, start + 5, 55, 2])
    expect(chunksOf([{ position: 1, entry: readings }])).toMatchObject([
      { times: [start + 1, start + 5], values: [1, 55], qualities: [0, 2] },
    ])
  })

  it('holds what a plain map of series and time would hold', () => {
    const reading = fc.tuple(
      fc.nat(3),
      fc.nat(3 * hourMs).map((ms) => start + ms - (ms % 600_000)),
      fc.double(),
      fc.nat(2),
    )
    fc.assert(
      fc.property(fc.array(fc.array(reading, { maxLength: 20 })), (messages) => {
        const chunks = chunksOf(messages.map((readings, position) => ({ position, entry: entry(...readings) })))
        const expected = new Map(messages.flat().map(([series, at, value, q]) => [`${series} ${at}`, [value, q]]))
        const found = chunks.flatMap(({ series, times, values, qualities }) =>
          times.map((at, i): [string, unknown[]] => [`${series} ${at}`, [values[i], qualities[i]]]),
        )
        expect(new Map(found)).toEqual(expected)
        expect(found).toHaveLength(expected.size)
        for (const { times } of chunks) {
          expect(times).toEqual([...times].sort((a, b) => a - b))
          expect(new Set(times.map((at) => Math.floor(at / hourMs))).size).toBe(1)
        }
      }),
    )
  })
})

describe('summaryOf', () => {
  it.each([
    ['good and doubtful readings count', chunk([1, 2, 6], [0, 1, 0]), [3, 1, 6, 9, 1]],
    ['bad ones show only in the quality', chunk([1, 99, NaN], [0, 2, 2]), [1, 1, 1, 1, 2]],
    ['nothing but bad ones', chunk([NaN, 5], [2, 2]), [0, null, null, 0, 2]],
    ['values below zero', chunk([-3, -5], [0, 0]), [2, -5, -3, -8, 0]],
  ])('%s', (_, given, [count, minimum, maximum, total, worstQuality]) => {
    expect(summaryOf(given)).toEqual({ count, minimum, maximum, total, worstQuality })
  })
})

it('newestOf finds the last reading over the hours of a series', () => {
  const late = start + 2 * hourMs
  const chunks = chunksOf([{ position: 3, entry: entry([1, late, 7, 1], [1, start, 5, 0], [2, start, 9, 0]) }])
  expect(newestOf(chunks)).toEqual([
    { series: 1, atMs: late, value: 7, quality: 1, position: 3 },
    { series: 2, atMs: start, value: 9, quality: 0, position: 3 },
  ])
})
