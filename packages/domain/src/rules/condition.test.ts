import { QUALITY } from '@fettle/contracts/uplink'
import { expect, it } from 'vitest'
import { meets, qualityUnder } from './condition.ts'
import { beginStateHistory, recordState } from './state-history.ts'
import { ATTENTION } from './threshold.ts'

it.each([
  [{ atLeast: 60 }, [59.9, 60, 61], [false, true, true]],
  [{ atMost: 60 }, [59.9, 60, 60.1], [true, true, false]],
  [{ atLeast: 5_900, atMost: 6_100 }, [5_899, 5_900, 6_100, 7_500, NaN], [false, true, true, false, false]],
])('%j holds with its bounds', (bounds, values, expected) => {
  expect(values.map((value) => meets({ signalKey: 'load', ...bounds }, value))).toEqual(expected)
})

it('a reading keeps its quality where the condition held, and is as a bad one elsewhere', () => {
  const held = beginStateHistory()
  recordState(held, 10, true)
  recordState(held, 20, false)
  const qualities = [5, 10, 19, 20].map((at) => qualityUnder(held, at, QUALITY.uncertain, ATTENTION.full))
  expect(qualities).toEqual([QUALITY.bad, QUALITY.uncertain, QUALITY.uncertain, QUALITY.bad])
})

it('a stopped machine’s readings stay what they are, since its holds begin anew', () => {
  expect(qualityUnder(beginStateHistory(), 5, QUALITY.good, ATTENTION.suppressed)).toBe(QUALITY.good)
})
