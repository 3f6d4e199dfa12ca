import { expect, it } from 'vitest'
import type { TrendSeries } from '../../design/charts/trend-series.ts'
import { withTail } from './live-tail.ts'

const answered: TrendSeries = {
  key: 'temp',
  name: '排气温度',
  unit: '°C',
  decimals: 1,
  times: [1_000, 2_000],
  min: [1, 2],
  mean: [1.5, 2.5],
  max: [2, 3],
  limits: { hh: null, h: null, l: null, ll: null },
}

it('appends only what came after the answer', () => {
  const { times, min, mean, max } = withTail(answered, { times: [1_500, 2_000, 2_500, 3_000], values: [9, 9, 4, null] })
  expect(times).toEqual([1_000, 2_000, 2_500, 3_000])
  expect(mean).toEqual([1.5, 2.5, 4, null])
  expect(min).toEqual([1, 2, 4, null])
  expect(max).toEqual([2, 3, 4, null])
})

it('leaves the series as it is when nothing newer came', () => {
  expect(withTail(answered, undefined)).toBe(answered)
  expect(withTail(answered, { times: [2_000], values: [7] })).toBe(answered)
})

it('begins with live values when the answer was empty', () => {
  const empty = { ...answered, times: [], min: [], mean: [], max: [] }
  expect(withTail(empty, { times: [5], values: [1] }).times).toEqual([5])
})
