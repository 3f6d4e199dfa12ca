import { expect, it } from 'vitest'
import { attentionAt, runningSince } from './run-history.ts'
import { beginStateHistory, recordState } from './state-history.ts'
import { ATTENTION } from './threshold.ts'

const { suppressed, clearing, full } = ATTENTION
const ran = beginStateHistory()
recordState(ran, 0, true)
recordState(ran, 10, false)
recordState(ran, 20, true)

it('a machine that never told counts as running', () => expect(runningSince(beginStateHistory(), 5)).toBe(-Infinity))

interface Case {
  at: number
  whileRunning?: boolean
  inMaintenance?: boolean
}

it.each<[string, Case, number]>([
  ['runs for long', { at: 5 }, full],
  ['stands still', { at: 15 }, suppressed],
  ['is starting up', { at: 24 }, suppressed],
  ['has started up', { at: 25 }, full],
  ['stands still, for a rule that always watches', { at: 15, whileRunning: false }, full],
  ['runs while in maintenance', { at: 25, inMaintenance: true }, clearing],
  ['stands still in maintenance', { at: 15, inMaintenance: true }, suppressed],
])('the attention of a machine that %s', (_, { at, whileRunning = true, inMaintenance = false }, expected) => {
  expect(attentionAt({ whileRunning, startupMs: 5 }, ran, at, inMaintenance)).toBe(expected)
})
