import { expect, it } from 'vitest'
import { chinaDay, contractStanding } from './contract-standing.ts'

const contract = { startsOn: '2026-01-01', endsOn: '2026-12-31' }

it.each([
  ['2025-12-31', 'future'],
  ['2026-01-01', 'in-force'],
  ['2026-12-31', 'in-force'],
  ['2027-01-01', 'ended'],
])('on %s the contract is %s', (day, standing) => expect(contractStanding(contract, day)).toBe(standing))

it('begins the day when it begins in China', () => {
  expect(chinaDay(Date.UTC(2026, 11, 31, 15, 59))).toBe('2026-12-31')
  expect(chinaDay(Date.UTC(2026, 11, 31, 16, 0))).toBe('2027-01-01')
})
