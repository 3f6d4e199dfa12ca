import { expect, it } from 'vitest'
import { ticketNumber } from './number.ts'

it.each([
  ['repair', 'LC', '2026-11-22', 7, 'WX-LC-261122-007'],
  ['predictive', 'LQ', '2026-11-22', 7, 'YJ-LQ-261122-007'],
  ['maintenance', 'KS', '2026-01-02', 40, 'BY-KS-260102-040'],
  ['inspection', 'SZ', '2026-01-02', 1, 'XJ-SZ-260102-001'],
  ['installation', 'NB', '2026-01-02', 1, 'AZ-NB-260102-001'],
  ['retrofit', 'DG', '2026-01-02', 999, 'GZ-DG-260102-999'],
  ['complaint', 'DG', '2026-01-02', 1_000, 'TS-DG-260102-1000'],
] as const)('%s in %s on %s, number %i, is %s', (type, letters, day, running, expected) => {
  expect(ticketNumber(type, letters, day, running)).toBe(expected)
})

it.each([
  ['lc', '2026-11-22', 1],
  ['', '2026-11-22', 1],
  ['LC', '22.11.2026', 1],
  ['LC', '2026-11-22', 0],
  ['LC', '2026-11-22', 1.5],
])('refuses %s %s %s', (letters, day, running) => {
  expect(() => ticketNumber('repair', letters, day, running)).toThrow(RangeError)
})
