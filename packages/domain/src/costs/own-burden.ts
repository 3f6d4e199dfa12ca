import type { MoneyLine, Payer } from '@fettle/contracts/money'

export type BurdenLine = Pick<MoneyLine, 'side' | 'kind' | 'netCents' | 'payer'> & {
  /** Where lines of several tickets are added up: a claim answers only for costs of its own ticket. */
  readonly ticketId?: string
}

/** Whom a claim can be on; what a customer owes is revenue. */
export const claimable = ['supplier', 'maker'] as const satisfies readonly Payer[]

/**
 * What stays with us, in cents without tax: costs borne by us or by a contract (its fee is paid whatever happens), less what
 * is claimed from others for exactly those costs.
 * - Costs that the customer, a supplier or the maker bears are not ours, claimed or not.
 * - A claim answers for costs of its own ticket and kind: a part for parts. On somebody who bears costs of that kind it is
 *   first how we get those back; only what goes beyond lowers ours, so that the same money is never taken off twice.
 * - It lowers our costs of that kind to nothing at most: a claim for a part does not pay for hours.
 */
export function ownBurdenCents(lines: readonly BurdenLine[]): number {
  const groups = new Map<string, BurdenLine[]>()
  for (const line of lines) {
    const key = `${line.ticketId ?? ''} ${line.kind}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return sum([...groups.values()].map(burdenOfKind))
}

function burdenOfKind(lines: readonly BurdenLine[]): number {
  const total = (side: MoneyLine['side'], ...payers: readonly Payer[]) =>
    sum(lines.filter((line) => line.side === side && payers.includes(line.payer)).map(({ netCents }) => netCents))
  const ours = total('cost', 'us', 'contract')
  const claimedBeyondTheirs = sum(
    claimable.map((payer) => Math.max(0, total('claim', payer) - Math.max(0, total('cost', payer)))),
  )
  return ours - Math.min(claimedBeyondTheirs, Math.max(0, ours))
}

function sum(cents: readonly number[]): number {
  return cents.reduce((total, each) => total + each, 0)
}
