import { describe, expect, it } from 'vitest'
import { attentionAt, beginRunHistory, coversTime, recordRunState, runningSince } from './run-history.ts'
import { ATTENTION } from './threshold.ts'

function history(states: [at: number, running: boolean][]) {
  const kept = beginRunHistory()
  for (const [at, running] of states) recordRunState(kept, at, running)
  return kept
}

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
  expect([9, 10, 60_020, 60_021].map((at) => coversTime(kept, at))).toEqual([false, true, true, false])
  expect(coversTime(beginRunHistory(), 10)).toBe(false)
})

describe('attentionAt', () => {
  const { suppressed, clearing, full } = ATTENTION
  const kept = history([
    [0, true],
    [10, false],
    [20, true],
  ])
  it.each([
    ['runs for long', { at: 5 }, full],
    ['stands still', { at: 15 }, suppressed],
    ['is starting up', { at: 24 }, suppressed],
    ['has started up', { at: 25 }, full],
    ['stands still, for a rule that always watches', { at: 15, whileRunning: false }, full],
    ['runs while in maintenance', { at: 25, inMaintenance: true }, clearing],
    ['stands still in maintenance', { at: 15, inMaintenance: true }, suppressed],
  ])('of a machine that %s', (_, { at, whileRunning = true, inMaintenance = false }: Case, expected) => {
    expect(attentionAt({ whileRunning, startupMs: 5 }, kept, at, inMaintenance)).toBe(expected)
  })
  interface Case {
    at: number
    whileRunning?: boolean
    inMaintenance?: boolean
  }
})
