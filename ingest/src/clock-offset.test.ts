import { expect, it } from 'vitest'
import { createClockOffset } from './clock-offset.ts'

const start = 1_800_000_000_000
/** Reports every 15 s of a clock that is `ahead` by so much, each with the delay given; answers what is said after each. */
function reports(aheadMs: number, delays: readonly number[]) {
  const offset = createClockOffset()
  return delays.map((delayMs, place) => {
    const sentMs = start + place * 15_000
    return offset(sentMs + aheadMs, sentMs + delayMs)
  })
}

it.each([
  ['says nothing of a few reports', 0, [9_000, 9_500, 8_000], null],
  ['takes the report that took the shortest', 0, [9_000, 12_000, 40, 10_000], -40],
  ['finds a clock that is ahead', 60_000, [30, 5_000, 20, 40], 59_980],
  ['finds a clock that is behind', -60_000, [30, 5_000, 20, 40], -60_020],
  ['forgets what is older than five minutes', 0, [10, ...Array<number>(20).fill(3_000)], -3_000],
])('%s', (_, aheadMs, delays, expected) => expect(reports(aheadMs, delays).at(-1)).toBe(expected))
