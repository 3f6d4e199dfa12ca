import { describe, expect, it } from 'vitest'
import { align, extentOf, unitRange, type TrendSeries } from './trend-series.ts'

const noLimits = { hh: null, h: null, l: null, ll: null }

function series(points: readonly (readonly [number, number | null])[], more: Partial<TrendSeries> = {}): TrendSeries {
  const values = points.map(([, value]) => value)
  return {
    key: 'temp',
    name: '排气温度',
    unit: '°C',
    decimals: 1,
    times: points.map(([time]) => time),
    min: values,
    mean: values,
    max: values,
    limits: noLimits,
    ...more,
  }
}

describe('one time axis for several signals', () => {
  it('leaves points of other signals open instead of breaking the line', () => {
    const [times, ...columns] = align([
      series([
        [0, 1],
        [2_000, 2],
      ]),
      series([
        [1_000, 7],
        [2_000, null],
      ]),
    ])
    expect(times).toEqual([0, 1_000, 2_000])
    expect(columns[2]).toEqual([1, undefined, 2])
    expect(columns[5]).toEqual([undefined, 7, null])
  })

  it('breaks the line where nothing came for much longer than usual', () => {
    const minute = 60_000
    const [times, , , mean] = align([
      series([
        [0, 1],
        [minute, 1],
        [2 * minute, 1],
        [49 * minute, 2],
        [50 * minute, 2],
      ]),
    ])
    expect(times).toEqual([0, minute, 2 * minute, 2 * minute + 1, 49 * minute, 50 * minute])
    expect(mean).toEqual([1, 1, 1, null, 2, 2])
  })

  it('keeps a single missed reading whole', () => {
    const [times] = align([
      series([
        [0, 1],
        [1_000, 1],
        [2_000, 1],
        [5_000, 1],
      ]),
    ])
    expect(times).toHaveLength(4)
  })

  it('takes an empty series', () => {
    expect(align([series([])])).toEqual([[], [], [], []])
  })
})

describe('what an axis spans', () => {
  const limits = { hh: 105, h: 100, l: null, ll: null }
  it('shows the next limit above quiet values, and the outer one once the inner is reached', () => {
    const [, quiet] = unitRange([
      series(
        [
          [0, 82],
          [1, 90],
        ],
        { limits },
      ),
    ]) ?? [0, 0]
    expect(quiet).toBeGreaterThan(100)
    expect(quiet).toBeLessThan(105)
    const [, hot] = unitRange([
      series(
        [
          [0, 82],
          [1, 101],
        ],
        { limits },
      ),
    ]) ?? [0, 0]
    expect(hot).toBeGreaterThan(105)
  })
  it('centres a flat line', () => {
    const [low, high] = unitRange([
      series([
        [0, 10],
        [1, 10],
      ]),
    ]) ?? [0, 0]
    expect((low + high) / 2).toBeCloseTo(10)
    expect(high - low).toBeGreaterThan(0)
  })
  it('spans the extremes within buckets, not only their means', () => {
    const [low, high] = unitRange([series([[0, 5]], { min: [1], max: [9] })]) ?? [0, 0]
    expect(low).toBeLessThan(1)
    expect(high).toBeGreaterThan(9)
  })
  it('has nothing to span without values', () => {
    expect(unitRange([series([[0, null]])])).toBeNull()
    expect(unitRange([])).toBeNull()
  })
})

it('finds lowest, highest and last value', () => {
  expect(
    extentOf(
      series(
        [
          [0, 5],
          [1, 8],
          [2, null],
        ],
        { min: [2, 7, null] },
      ),
    ),
  ).toEqual({
    low: 2,
    high: 8,
    last: 8,
    lastAt: 1,
  })
  expect(extentOf(series([[0, null]]))).toBeNull()
})
