import { describe, expect, it } from 'vitest'
import { beginRunHistory, coversTime, isRunning, recordRunState, runningSince } from './run-history.ts'

function history(states: [at: number, running: boolean][]) {
  const kept = beginRunHistory()
  for (const [at, running] of states) recordRunState(kept, at, running)
  return kept
}

it.each([
  [0, false],
  [1, true],
  [2, true],
  [3, false],
])('run state %d means running: %s', (state, running) => expect(isRunning(state)).toBe(running))

describe('runningSince', () => {
  it('takes a machine that never told as running', () => expect(runningSince(beginRunHistory(), 5)).toBe(-Infinity))

  const kept = history([
    [10, true],
    [20, true],
    [30, false],
    [40, false],
    [50, true],
    [60, true],
  ])
  it.each([
    ['before anything is known', 5, -Infinity],
    ['when the start was not seen', 25, -Infinity],
    ['at the stop', 30, NaN],
    ['while stopped', 49, NaN],
    ['at the start', 50, 50],
    ['long after the last change', 1000, 50],
  ])('%s', (_, at, since) => expect(runningSince(kept, at)).toBe(since))

  it('ignores what comes late', () => {
    recordRunState(kept, 55, false)
    expect(runningSince(kept, 57)).toBe(50)
  })
})

it('remembers a bounded number of changes', () => {
  const kept = history(Array.from({ length: 500 }, (_, index) => [index, index % 2 === 0]))
  expect(kept.changes).toHaveLength(32)
  expect(runningSince(kept, 499)).toBeNaN()
  expect(runningSince(kept, 498)).toBe(498)
})

it('covers what lies between its first time and a pause after its last', () => {
  const kept = history([
    [10, true],
    [20, true],
  ])
  expect([9, 10, 25, 26].map((at) => coversTime(kept, at, 5))).toEqual([false, true, true, false])
  expect(coversTime(beginRunHistory(), 10, 5)).toBe(false)
})
