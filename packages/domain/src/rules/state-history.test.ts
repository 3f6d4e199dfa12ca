import { describe, expect, it } from 'vitest'
import {
  beginStateHistory,
  coversTime,
  forgetOldChanges,
  heldSince,
  recordState,
  recordUnknown,
} from './state-history.ts'

/** States by second; null is a reading that could not tell. */
function history(states: [second: number, on: boolean | null][]) {
  const kept = beginStateHistory()
  for (const [second, on] of states) {
    if (on === null) recordUnknown(kept, second * 1000)
    else recordState(kept, second * 1000, on)
  }
  return kept
}

const sinceSecond = (kept: ReturnType<typeof history>, second: number) => heldSince(kept, second * 1000, 7_000) / 1000

describe('since when it held', () => {
  const kept = history([
    [10, true],
    [20, true],
    [30, false],
    [40, false],
    [50, true],
    [60, true],
  ])
  it.each([
    ['before anything is known', 5, 7],
    ['when the start was not seen', 25, -Infinity],
    ['when it ends', 30, NaN],
    ['while it does not', 49, NaN],
    ['at its start', 50, 50],
    ['long after the last change', 1000, 50],
  ])('%s', (_, second, since) => expect(sinceSecond(kept, second)).toBe(since))

  it('ignores what comes late', () => {
    recordState(kept, 55_000, false)
    recordUnknown(kept, 56_000)
    expect(sinceSecond(kept, 200)).toBe(50)
  })
})

describe('a reading that cannot tell', () => {
  it.each<[string, [number, boolean | null][], Record<number, boolean>]>([
    [
      'ends it a pause later',
      [
        [0, true],
        [10, null],
      ],
      { 10: true, 69: true, 70: false, 500: false },
    ],
    [
      'and so does a row of them, counted from the first',
      [
        [0, true],
        [10, null],
        [50, null],
      ],
      { 69: true, 70: false },
    ],
    [
      'but not when it is told again before',
      [
        [0, true],
        [10, null],
        [60, true],
      ],
      { 69: true, 70: true, 500: true },
    ],
    [
      'whoever tells that it ended is believed at once',
      [
        [0, true],
        [10, null],
        [30, false],
      ],
      { 29: true, 30: false, 71: false },
    ],
    [
      'it begins again when it is told again',
      [
        [0, true],
        [10, null],
        [90, true],
      ],
      { 69: true, 80: false, 90: true },
    ],
    [
      'begins nothing',
      [
        [0, null],
        [5, false],
        [10, null],
      ],
      { 2: false, 7: false, 500: false },
    ],
  ])('%s', (_, states, expected) => {
    const kept = history(states)
    const held = Object.keys(expected).map((second) => [
      second,
      !Number.isNaN(heldSince(kept, Number(second) * 1000, NaN)),
    ])
    expect(Object.fromEntries(held)).toEqual(expected)
  })
})

it('silence is not unknown: a signal that does not change may not be told again', () => {
  expect(
    sinceSecond(
      history([
        [0, false],
        [10, true],
      ]),
      100_000,
    ),
  ).toBe(10)
})

it('forgets all but the newest changes', () => {
  const kept = history(Array.from({ length: 500 }, (_, second) => [second, second % 2 === 0]))
  expect(kept.changes).toHaveLength(500)
  forgetOldChanges(kept)
  expect(kept.changes).toHaveLength(32)
  expect(sinceSecond(kept, 499)).toBeNaN()
  expect(sinceSecond(kept, 498)).toBe(498)
  expect(sinceSecond(kept, 467)).toBe(7)
})

it('covers what lies between its first time and a pause after its last', () => {
  const kept = history([
    [10, true],
    [20, true],
  ])
  expect([9, 10, 80, 81].map((second) => coversTime(kept, second * 1000))).toEqual([false, true, true, false])
  expect(coversTime(beginStateHistory(), 10)).toBe(false)
})
