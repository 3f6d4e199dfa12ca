import { describe, expect, it } from 'vitest'
import { apart, bandPath, linear, linePath, runsOf, timeTicks } from './trend-scale.ts'

const same = (value: number) => value

it('puts the ticks of time on round moments of the viewer’s zone', () => {
  const china = 8 * 3_600_000
  const from = Date.UTC(2026, 10, 20, 3, 17)
  const days = timeTicks([from, from + 3 * 86_400_000], 4, china)
  expect(days.map((at) => new Date(at + china).getUTCHours())).toEqual([0, 0, 0])
  const minutes = timeTicks([from, from + 70 * 60_000], 8, china)
  expect(minutes.map((at) => new Date(at).getUTCMinutes())).toEqual([20, 30, 40, 50, 0, 10, 20])
})

describe('lines', () => {
  it('break where a bucket is empty and where the machine was silent', () => {
    const times = [0, 10, 20, 30, 40, 400, 410]
    expect(runsOf({ times, mean: [1, 2, null, 4, 5, 6, 7] })).toEqual([
      [0, 1],
      [3, 4],
      [5, 6],
    ])
  })
  it('draw a lone reading as a dot', () => {
    const lone = { times: [0, 10, 20], min: [1, null, null], mean: [1, null, null], max: [1, null, null] }
    expect(linePath(lone, same, same)).toBe('M0.0,1.0h0.01')
    expect(bandPath(lone, same, same)).toBe('')
  })
  it('run through the means, the band around them', () => {
    const trend = { times: [0, 10], min: [1, 2], mean: [2, 3], max: [3, 4] }
    expect(linePath(trend, same, same)).toBe('M0.0,2.0L10.0,3.0')
    expect(bandPath(trend, same, same)).toBe('M0.0,3.0L10.0,4.0L10.0,2.0L0.0,1.0Z')
  })
})

it('maps a span of no width onto its beginning', () => {
  expect(linear([5, 5], [10, 90])(5)).toBe(10)
})

it('moves labels of close limits apart and leaves the others', () => {
  expect(apart([10, 12, 60], 12)).toEqual([5, 17, 60])
  expect(apart([60, 10], 12)).toEqual([60, 10])
})
