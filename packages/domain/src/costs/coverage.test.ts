import { describe, expect, it } from 'vitest'
import type { Coverage } from '@fettle/contracts/customers'
import type { TicketType } from '@fettle/contracts/ticket-life-cycle'
import { coverageInForce, coversPart, entitlementOf, type ContractTerms } from './coverage.ts'

const filter = { serialised: false, returnOld: false }
const motor = { serialised: true, returnOld: true }
const contract = (coverage: Coverage, endsOn = '2026-12-31'): ContractTerms => ({
  coverage,
  wearPartsCharged: false,
  startsOn: '2026-01-01',
  endsOn,
})

describe('coverageInForce', () => {
  it.each<[string, ContractTerms[], string | null, string, Coverage]>([
    ['nothing at all', [], null, '2026-11-22', 'none'],
    ['an expired contract', [contract('full', '2026-11-21')], null, '2026-11-22', 'none'],
    ['its last day', [contract('full', '2026-11-22')], null, '2026-11-22', 'full'],
    ['one not yet begun', [contract('full')], null, '2025-12-31', 'none'],
    ['the broader of two', [contract('labour'), contract('full')], null, '2026-11-22', 'full'],
    ['warranty before labour', [contract('labour')], '2027-03-14', '2026-11-22', 'warranty'],
    ['full before warranty', [contract('full')], '2027-03-14', '2026-11-22', 'full'],
    ['warranty over', [contract('labour')], '2026-11-21', '2026-11-22', 'labour'],
  ])('%s', (_, contracts, warrantyUntil, day, expected) => {
    expect(coverageInForce(contracts, warrantyUntil, day).coverage).toBe(expected)
  })
})

describe('entitlementOf', () => {
  it.each<[Coverage, boolean, TicketType, string]>([
    ['full', false, 'predictive', 'labour travel filter motor on contract'],
    ['full', true, 'repair', 'labour travel motor on contract'],
    ['labour', false, 'repair', 'labour on contract'],
    ['warranty', true, 'repair', 'labour travel motor on maker'],
    ['warranty', false, 'repair', 'labour travel filter motor on maker'],
    ['maintenance', false, 'maintenance', 'labour travel filter on contract'],
    ['maintenance', false, 'predictive', 'on customer'],
    ['none', false, 'repair', 'on customer'],
  ])('%s (wear parts charged: %s) on a %s ticket covers: %s', (coverage, wearPartsCharged, type, expected) => {
    const entitlement = entitlementOf({ coverage, wearPartsCharged, endsOn: null }, type)
    const covered = [
      entitlement.labour && 'labour',
      entitlement.travel && 'travel',
      coversPart(entitlement, filter) && 'filter',
      coversPart(entitlement, motor) && 'motor',
      `on ${entitlement.payer}`,
    ]
    expect(covered.filter(Boolean).join(' ')).toBe(expected)
  })
})
