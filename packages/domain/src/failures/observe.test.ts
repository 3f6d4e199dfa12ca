import { describe, expect, it } from 'vitest'
import { observe, type ObservedTrend } from './observe.ts'

const text = { zh: '–', en: '–' }
const limits = { hh: null, h: 100, l: 0, ll: null }

/** An hour in 300 buckets; the alarm comes at its end. */
function trend(valueAt: (minute: number) => number | null): ObservedTrend {
  const times = Array.from({ length: 301 }, (_, index) => index * 12_000)
  const mean = times.map((at) => valueAt(at / 60_000))
  return { signalKey: 's', name: text, unit: '°C', decimals: 1, limits, times, mean, min: mean, max: mean }
}
const lastFiveMinutes = { fromMs: 55 * 60_000, toMs: 60 * 60_000 }
const moveOf = (valueAt: (minute: number) => number | null) => observe(trend(valueAt), lastFiveMinutes).move

/** Wide enough to matter, the same in every run. */
const noise = (minute: number) => 0.4 * Math.sin(minute * 170) + 0.3 * Math.sin(minute * 53)
/** A compressor between loading and unloading. */
const cycle = (minute: number) => 65 + 15 * ((minute / 3) % 1)

describe('a change', () => {
  it('is found in the last minute of a quiet hour, with its speed', () => {
    const move = moveOf((minute) => 93 + noise(minute) + (minute > 58.8 ? 6 * (minute - 58.8) : 0))
    expect(move?.direction).toBe('up')
    expect(Math.abs(move!.perHour / 60 - 6)).toBeLessThan(1.5)
  })

  it('that was a step some minutes ago has the speed of the step', () => {
    const move = moveOf((minute) => (minute > 56 ? 20 : 90) + noise(minute))
    expect(move?.direction).toBe('down')
    expect(move!.perHour).toBeLessThan(-10_000)
  })

  it('is none when the signal only goes on with its cycle', () => expect(moveOf(cycle)).toBeNull())

  it('is none in noise', () => expect(moveOf((minute) => 50 + noise(minute))).toBeNull())

  it('is none when a single value is wild', () => {
    expect(moveOf((minute) => (Math.abs(minute - 59) < 0.01 ? 900 : 50 + noise(minute)))).toBeNull()
  })

  it('is none in the last digit', () => expect(moveOf((minute) => (minute > 58 ? 50.1 : 50))).toBeNull())

  it('is found across gaps', () => {
    const move = moveOf((minute) =>
      Math.floor(minute * 5) % 3 === 0 ? null : minute > 57 ? 50 + 10 * (minute - 57) : 50,
    )
    expect(move!.perHour / 60).toBeCloseTo(10, 0)
  })

  it('is found when there was hardly anything before it', () => {
    const short = trend((minute) => (minute < 58.5 ? null : 95 + (minute > 58.9 ? 6 * (minute - 58.9) : 0)))
    expect(Math.abs(observe(short, lastFiveMinutes).move!.perHour / 60 - 6)).toBeLessThan(1.5)
  })

  it('is not told from too few values', () => {
    const few = trend((minute) => (minute < 59 ? null : 50 + 10 * minute))
    expect(observe(few, lastFiveMinutes)).toMatchObject({ known: false, move: null })
  })

  it('is not looked for after the alarm', () => {
    const later = trend((minute) => (minute > 50 ? 99 : 50))
    expect(observe(later, { fromMs: 40 * 60_000, toMs: 49 * 60_000 }).move).toBeNull()
  })
})

it('knows how slow a change may be that it would still see', () => {
  const { visiblePerHour } = observe(trend(cycle), lastFiveMinutes)
  expect(visiblePerHour).toBeGreaterThan(15 * 12)
  expect(visiblePerHour).toBeLessThan(25 * 12)
})

it.each([
  [99.9, null],
  [100, 'up'],
  [0, 'down'],
])('an end at %d is beyond %s', (value, beyond) => {
  expect(
    observe(
      trend(() => value),
      lastFiveMinutes,
    ).beyond,
  ).toBe(beyond)
})
