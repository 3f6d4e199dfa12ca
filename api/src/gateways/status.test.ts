import { expect, it } from 'vitest'
import { statusOf } from './status.ts'

const said = { clockMs: 1_800_000_000_000, startedMs: 0, spool: { batches: 0, full: false }, sources: [] }

it.each([
  ['nothing that a message on its way explains', -1_990, null],
  ['a clock that is ahead', 45_000, 45_000],
  ['a clock that is behind', -45_000, -45_000],
  ['nothing while nobody can tell', null, null],
  ['nothing of a status that was kept before it was measured', undefined, null],
])('tells of the clock %s', (_, clockOffsetMs, skew) => {
  expect(statusOf({ ...said, ...(clockOffsetMs !== undefined && { clockOffsetMs }) })?.clockSkewMs).toBe(skew)
})

it('knows nothing of a gateway that never spoke or in other words', () => {
  expect(statusOf(null)).toBeNull()
  expect(statusOf({ state: 'fine' })).toBeNull()
})
