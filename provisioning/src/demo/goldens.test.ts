import { expect, it } from 'vitest'
import { branches } from './branches.ts'
import { failureModes } from './failure-modes.ts'
import { labourRates, serviceItems } from './money.ts'
import { parts } from './parts.ts'

const partOf = (code: string) => parts.find((part) => part.code === code)!
const rateOf = (level: number) => labourRates.find((rate) => rate.level === level)!
const itemOf = (key: string) => serviceItems.find((item) => item.key === key)!
const hoursOf = (key: string) => Number(failureModes.find((mode) => mode.key === key)!.standardHours)
const km = itemOf('travel-km')

it('adds up to golden A: out of warranty, a branch’s engineer of level 3, AC-02, 64 km', () => {
  const [a3, a2, branch] = [partOf('A3'), partOf('A2'), branches[0]!]
  const hours = hoursOf('AC-02')
  const charged = a3.priceCents + a2.priceCents + hours * rateOf(3).priceCents + 64 * km.priceCents
  const cost = a3.costCents + a2.costCents + hours * branch.hourCostCents + (64 - branch.freeKm) * branch.kmCostCents
  expect([charged, cost]).toEqual([3_000_00, 1_344_00])
  expect(Math.round(charged / 1.13) - cost).toBe(1_310_87)
})

it('adds up to golden B: full contract, level 4, AC-01 of the supplier’s batch, 1.4 h and 110 km of travel', () => {
  const motor = partOf('A5').costCents
  const hours = hoursOf('AC-01') + 1.4
  const cost =
    motor + Math.round(hours * rateOf(4).costCents) + 110 * km.costCents + itemOf('old-part-freight').costCents
  expect([cost, cost - motor]).toEqual([1_959_00, 809_00])
})
