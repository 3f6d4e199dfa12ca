import { expect, it } from 'vitest'
import { isStale, standing } from './signal-standing.ts'

const current = { hh: 42, h: 40, l: 25, ll: 20 }

it.each([
  [33, 'ok'],
  [40, 'warning'],
  [42, 'critical'],
  [25, 'warning'],
  [20, 'critical'],
  [-1, 'critical'],
])('%d A stands %s', (value, expected) => expect(standing(value, current)).toBe(expected))

it('knows nothing without limits', () => {
  expect(standing(33, { hh: null, h: null, l: null, ll: null })).toBeUndefined()
  expect(standing(0, { hh: 5, h: null, l: null, ll: null })).toBe('ok')
})

it.each([
  ['a running machine that tells only what changes', 'running', 3_600_000, false],
  ['one that is silent', 'offline', 61_000, true],
  ['one in maintenance that sends', 'maintenance', 5_000, false],
  ['one in maintenance that is silent', 'maintenance', 3_600_000, true],
] as const)('an old value of %s', (_, state, ageMs, stale) => expect(isStale(state, ageMs)).toBe(stale))
