import { describe, expect, it } from 'vitest'
import { entitlementOf } from './coverage.ts'
import { labourLines, partLines, travelLines } from './lines.ts'

const charged = entitlementOf({ coverage: 'none', wearPartsCharged: true, endsOn: null }, 'repair')
const labourFree = entitlementOf({ coverage: 'labour', wearPartsCharged: true, endsOn: null }, 'repair')
const warranty = entitlementOf({ coverage: 'warranty', wearPartsCharged: true, endsOn: null }, 'repair')
const branch = { hourCostCents: 12_000, kmCostCents: 100, freeKm: 30 }
const told = (lines: ReturnType<typeof labourLines>) =>
  lines.map(({ side, payer, quantity, amountCents, netCents }) => [side, payer, quantity, amountCents, netCents])

describe('labourLines', () => {
  const labour = {
    engineerLevel: 3,
    rate: { costCents: 13_000, priceCents: 30_000 },
    branch: null,
    workHours: '2',
    travelHours: '0.5',
    standardHours: '3',
    taxRate: '0.13',
  }

  it('costs the way there, but charges only the work', () => {
    expect(told(labourLines({ ...labour, entitlement: charged }))).toEqual([
      ['cost', 'customer', '2.5', 32_500, 32_500],
      ['revenue', 'customer', '2', 60_000, 53_097],
    ])
  })

  it('charges nothing where labour is free, and books the cost to the contract', () => {
    expect(told(labourLines({ ...labour, entitlement: labourFree }))).toEqual([
      ['cost', 'contract', '2.5', 32_500, 32_500],
    ])
  })

  it('pays a branch by standard hours, and by its working hours where no standard is known', () => {
    const atBranch = { ...labour, branch, entitlement: warranty }
    expect(told(labourLines(atBranch))).toEqual([['cost', 'maker', '3', 36_000, 36_000]])
    expect(told(labourLines({ ...atBranch, standardHours: null }))).toEqual([['cost', 'maker', '2', 24_000, 24_000]])
  })

  it('writes no line about nothing', () => {
    expect(labourLines({ ...labour, workHours: '0', travelHours: '0.0', entitlement: charged })).toEqual([])
  })
})

describe('travelLines', () => {
  const travel = { perKm: { costCents: 110, priceCents: 250 }, branch: null, km: '55.5', taxRate: '0.13' }

  it('costs and charges each kilometre of our own van', () => {
    expect(told(travelLines({ ...travel, entitlement: labourFree }))).toEqual([
      ['cost', 'customer', '55.5', 6_105, 6_105],
      ['revenue', 'customer', '55.5', 13_875, 12_279],
    ])
  })

  it.each([
    ['12', []],
    ['30', []],
    ['30.5', [['cost', 'maker', '0.5', 50, 50]]],
  ])('pays a branch only beyond its free kilometres: %s km', (km, expected) => {
    expect(told(travelLines({ ...travel, km, branch, entitlement: warranty }))).toEqual(expected)
  })
})

describe('partLines', () => {
  it('takes fractions of a unit, such as litres', () => {
    const oil = {
      code: 'C3',
      name: { zh: '冷冻油', en: 'Refrigeration oil' },
      unit: 'L',
      priceCents: 19_048,
      serialised: false,
      returnOld: false,
    }
    const use = { part: oil, unitCostCents: 10_053, quantity: '2.3500', taxRate: '0.13' }
    expect(told(partLines({ ...use, entitlement: charged }))).toEqual([
      ['cost', 'customer', '2.35', 23_625, 23_625],
      ['revenue', 'customer', '2.35', 44_763, 39_613],
    ])
  })
})
