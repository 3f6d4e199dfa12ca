import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageInForce, entitlementOf } from './coverage.ts'
import {
  boughtInLine,
  labourLines,
  moneyLine,
  partLines,
  reversalOf,
  supplierClaimLine,
  travelLines,
  type LineFacts,
} from './lines.ts'
import { marginOf } from './margin.ts'

/** The demonstration's figures: parts, hour and kilometre rates, the branch's terms, 13 % tax. */
const parts = {
  A2: { code: 'A2', name: { zh: '油滤', en: 'Oil filter' }, unit: 'piece', priceCents: 24_000, cost: 11_000 },
  A3: { code: 'A3', name: { zh: '油分芯', en: 'Separator element' }, unit: 'piece', priceCents: 185_000, cost: 90_000 },
  A5: { code: 'A5', name: { zh: '风机电机', en: 'Fan motor' }, unit: 'machine', priceCents: 230_000, cost: 115_000 },
}
const wear = { serialised: false, returnOld: false }
const levelThree = { costCents: 13_000, priceCents: 30_000 }
const levelFour = { costCents: 17_000, priceCents: 42_000 }
const perKm = { costCents: 110, priceCents: 250 }
const branch = { hourCostCents: 12_000, kmCostCents: 100, freeKm: 30 }
const taxRate = '0.13'
const today = '2026-11-22'

describe('the golden cases of the demonstration, to the cent', () => {
  it('A: out of warranty, a branch engineer, separator and oil filter', () => {
    const entitlement = entitlementOf(coverageInForce([], '2023-11-30', today), 'repair')
    const lines = [
      ...partLines({ part: { ...parts.A3, ...wear }, unitCostCents: 90_000, quantity: '1', entitlement, taxRate }),
      ...partLines({ part: { ...parts.A2, ...wear }, unitCostCents: 11_000, quantity: '1', entitlement, taxRate }),
      ...labourLines({
        engineerLevel: 3,
        rate: levelThree,
        branch,
        workHours: '2.5',
        travelHours: '1.2',
        standardHours: '2.5',
        entitlement,
        taxRate,
      }),
      ...travelLines({ perKm, branch, km: '64', entitlement, taxRate }),
    ]
    expect(marginOf(lines)).toEqual({
      currency: 'CNY',
      revenueWithTaxCents: 300_000,
      revenueCents: 265_487,
      costCents: 134_400,
      marginCents: 131_087,
      marginRatio: 0.4938,
      costByKind: { part: 101_000, labour: 30_000, travel: 3_400 },
      costByPayer: { customer: 134_400 },
      claimsCents: 0,
      ownBurdenCents: 0,
    })
    expect(((marginOf(lines).marginRatio ?? 0) * 100).toFixed(1)).toBe('49.4')
  })

  it('B: full contract, a fan motor of the supplier’s defective batch', () => {
    const full = { coverage: 'full', wearPartsCharged: false, startsOn: '2026-01-01', endsOn: '2026-12-31' } as const
    const entitlement = entitlementOf(coverageInForce([full], '2025-04-30', today), 'predictive')
    const part = { ...parts.A5, serialised: true, returnOld: true }
    const lines = [
      ...partLines({ part, unitCostCents: 115_000, quantity: '1', entitlement, taxRate }),
      ...labourLines({
        engineerLevel: 4,
        rate: levelFour,
        branch: null,
        workHours: '2.5',
        travelHours: '1.4',
        standardHours: '2.5',
        entitlement,
        taxRate,
      }),
      ...travelLines({ perKm, branch: null, km: '110', entitlement, taxRate }),
      boughtInLine({
        kind: 'freight',
        description: { zh: '旧件返厂运费', en: 'Return freight of the old part' },
        netCents: 2_500,
        taxRate: '0.09',
        payer: entitlement.payer,
      }),
      supplierClaimLine({
        partCode: 'A5',
        batch: '2403',
        unitCostCents: 115_000,
        quantity: '1',
        unit: 'machine',
        taxRate,
      }),
    ]
    expect(marginOf(lines)).toEqual({
      currency: 'CNY',
      revenueWithTaxCents: 0,
      revenueCents: 0,
      costCents: 195_900,
      marginCents: -195_900,
      marginRatio: null,
      costByKind: { part: 115_000, labour: 66_300, travel: 12_100, freight: 2_500 },
      costByPayer: { contract: 195_900 },
      claimsCents: 115_000,
      ownBurdenCents: 80_900,
    })
  })
})

describe('any lines', () => {
  const anyLine = fc.record<LineFacts>({
    side: fc.constantFrom('cost', 'revenue', 'claim'),
    kind: fc.constantFrom('labour', 'part', 'travel', 'outsourcing', 'freight', 'service', 'discount'),
    description: fc.constant({ zh: '项', en: 'item' }),
    quantity: fc.integer({ min: -9_999_999, max: 9_999_999 }).map((units) => (units / 10_000).toFixed(4)),
    unit: fc.constant('h'),
    unitPriceCents: fc.integer({ min: 0, max: 5_000_000 }),
    taxRate: fc.constantFrom('0', '0.03', '0.06', '0.09', '0.13'),
    taxIncluded: fc.boolean(),
    payer: fc.constantFrom('customer', 'contract', 'supplier', 'maker', 'us'),
  })

  it('cancel with their reversals', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (facts) => {
        const lines = facts.map(moneyLine)
        const sums = marginOf([...lines, ...lines.map(reversalOf)])
        const { revenueWithTaxCents, revenueCents, costCents, marginCents, claimsCents, ownBurdenCents } = sums
        const all = [revenueWithTaxCents, revenueCents, costCents, marginCents, claimsCents, ownBurdenCents]
        expect(all).toEqual([0, 0, 0, 0, 0, 0])
        expect(sums.marginRatio).toBeNull()
      }),
    )
  })

  it('add up: kinds and payers are the cost, and lines split anywhere give the same sums', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), fc.nat(20), (facts, cut) => {
        const lines = facts.map(moneyLine)
        const whole = marginOf(lines)
        const [first, second] = [marginOf(lines.slice(0, cut)), marginOf(lines.slice(cut))]
        const total = (record: Record<string, number>) => Object.values(record).reduce((sum, cents) => sum + cents, 0)
        expect(total(whole.costByKind)).toBe(whole.costCents)
        expect(total(whole.costByPayer)).toBe(whole.costCents)
        expect(first.marginCents + second.marginCents).toBe(whole.marginCents)
      }),
    )
  })

  it('never gain or lose more than half a cent a line by rounding', () => {
    fc.assert(
      fc.property(anyLine, (facts) => {
        const { amountCents, netCents } = moneyLine(facts)
        const exact = Number(facts.quantity) * facts.unitPriceCents
        const exactNet = facts.taxIncluded ? amountCents / (1 + Number(facts.taxRate)) : amountCents
        expect(Math.abs(amountCents - exact)).toBeLessThanOrEqual(0.500001)
        expect(Math.abs(netCents - exactNet)).toBeLessThanOrEqual(0.500001)
      }),
    )
  })
})
