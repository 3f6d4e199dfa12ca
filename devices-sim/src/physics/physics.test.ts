import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ambientTemperature, localHour, type Climate } from './ambient.ts'
import { driftValue, startDrift, stepDrift } from './drift.ts'
import { lag, smoothstep } from './lag.ts'
import { seededRandom, seedFor } from './random.ts'

describe('chance', () => {
  it('is the same for the same seed and differs between labels', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [a, b] = [seededRandom(seed), seededRandom(seed)]
        for (let i = 0; i < 20; i++) expect(a.gaussian()).toBe(b.gaussian())
        expect(seedFor(seed, 'a')).not.toBe(seedFor(seed, 'b'))
      }),
    )
  })

  it('is uniform and normal', () => {
    const random = seededRandom(42)
    const uniform = Array.from({ length: 20_000 }, () => random.next())
    const normal = Array.from({ length: 20_000 }, () => random.gaussian())
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uniform)).toBeLessThan(1)
    expect(average(uniform)).toBeCloseTo(0.5, 1)
    expect(average(normal)).toBeCloseTo(0, 1)
    expect(average(normal.map((value) => value ** 2))).toBeCloseTo(1, 1)
  })
})

describe('first-order lag', () => {
  it('ends at the same place in one step or in many', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true })
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 50 }), (from, target, steps) => {
        let stepwise = from
        for (let i = 0; i < steps; i++) stepwise = lag(stepwise, target, 10_000, 1000)
        expect(stepwise).toBeCloseTo(lag(from, target, 10_000, 1000 * steps), 6)
      }),
    )
  })

  it('has covered 63 % of the way after its time constant', () => {
    expect(lag(0, 100, 60_000, 60_000)).toBeCloseTo(63.2, 1)
  })
})

it('a smooth step also falls, when it is given downwards', () => {
  expect([-30, -16, 0].map((value) => smoothstep(-10, -22, value))).toEqual([1, 0.5, 0])
})

describe('drift', () => {
  it('keeps mean 0 and variance 1, and wanders slowly', () => {
    const random = seededRandom(5)
    let drift = startDrift(random)
    const seen: number[] = []
    for (let i = 0; i < 400_000; i++) {
      drift = stepDrift(drift, random, 1000)
      seen.push(driftValue(drift))
    }
    const variance = average(seen.map((value) => value ** 2)) - average(seen) ** 2
    expect(Math.abs(average(seen))).toBeLessThan(0.3)
    expect(variance).toBeGreaterThan(0.75)
    expect(variance).toBeLessThan(1.25)
    const steps = seen.slice(1).map((value, i) => (value - seen[i]!) ** 2)
    expect(average(steps)).toBeLessThan(0.15)
  })
})

describe('room temperature', () => {
  const climate: Climate = { meanC: 13.5, seasonalC: 13.5, dailyC: 4, roomRiseC: 2.5, roomFloorC: 17 }
  const room = (iso: string) => ambientTemperature(climate, 1, 'linqing', Date.parse(iso))

  it('is highest on July afternoons and does not fall under the heated floor in January', () => {
    expect(room('2026-07-20T15:00:00+08:00')).toBeGreaterThan(room('2026-07-20T04:00:00+08:00') + 5)
    expect(room('2026-07-20T15:00:00+08:00')).toBeGreaterThan(30)
    expect(room('2026-01-20T04:00:00+08:00')).toBeGreaterThan(15)
  })

  it('never jumps', () => {
    const start = Date.parse('2026-03-01T00:00:00+08:00')
    for (let minute = 1; minute < 3 * 24 * 60; minute++) {
      const [before, now] = [minute - 1, minute].map((m) => ambientTemperature(climate, 9, 'x', start + m * 60_000))
      expect(Math.abs(now! - before!)).toBeLessThan(0.1)
    }
  })

  it('knows the hour of the place', () => {
    expect(localHour(Date.parse('2026-11-22T06:30:00+08:00'))).toBeCloseTo(6.5, 6)
    expect(localHour(Date.parse('1969-12-31T23:00:00+08:00'))).toBeCloseTo(23, 6)
  })
})

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
