import type { Margin, MoneyLine } from '@fettle/contracts/money'
import { type BurdenLine, ownBurdenCents } from './own-burden.ts'
import { grossOfNet } from './tax.ts'

export type CountedLine = BurdenLine & Pick<MoneyLine, 'amountCents' | 'taxRate' | 'taxIncluded'>

/**
 * Adds up the lines of a ticket (or of many). All sums without tax unless named otherwise, each line rounded by itself so
 * that the parts shown always add up to the whole. Claims stand apart from the margin: they are owed, not earned. For the
 * own burden see `ownBurdenCents`.
 */
export function marginOf(lines: readonly CountedLine[]): Margin {
  const revenue = lines.filter(({ side }) => side === 'revenue')
  const costs = lines.filter(({ side }) => side === 'cost')
  const revenueCents = sum(revenue.map(({ netCents }) => netCents))
  const costCents = sum(costs.map(({ netCents }) => netCents))
  const claimsCents = sum(lines.filter(({ side }) => side === 'claim').map(({ netCents }) => netCents))
  const marginCents = revenueCents - costCents
  return {
    currency: 'CNY',
    revenueWithTaxCents: sum(revenue.map(withTax)),
    revenueCents,
    costCents,
    marginCents,
    marginRatio: revenueCents === 0 ? null : Math.round((marginCents / revenueCents) * 10_000) / 10_000,
    costByKind: sumBy(costs, ({ kind }) => kind),
    costByPayer: sumBy(costs, ({ payer }) => payer),
    claimsCents,
    ownBurdenCents: ownBurdenCents(lines),
  }
}

function withTax({ amountCents, taxRate, taxIncluded }: CountedLine): number {
  return taxIncluded ? amountCents : grossOfNet(amountCents, taxRate)
}

function sumBy(lines: readonly CountedLine[], keyOf: (line: CountedLine) => string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const line of lines) sums[keyOf(line)] = (sums[keyOf(line)] ?? 0) + line.netCents
  return sums
}

function sum(cents: readonly number[]): number {
  return cents.reduce((total, each) => total + each, 0)
}
