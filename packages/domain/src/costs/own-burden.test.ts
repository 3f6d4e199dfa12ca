import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownBurdenCents, type BurdenLine } from './own-burden.ts'

const cost = (kind: BurdenLine['kind'], payer: BurdenLine['payer'], netCents: number): BurdenLine => ({
  side: 'cost',
  kind,
  payer,
  netCents,
})
const claim = (payer: BurdenLine['payer'], netCents: number, kind: BurdenLine['kind'] = 'part'): BurdenLine => ({
  ...cost(kind, payer, netCents),
  side: 'claim',
})

describe('ownBurdenCents', () => {
  it.each<[string, BurdenLine[], number]>([
    ['what the customer pays for is not ours', [cost('part', 'customer', 500)], 0],
    ['what the maker pays for is not ours', [cost('part', 'maker', 500), cost('labour', 'us', 80)], 80],
    ['what a supplier bears is not ours, though nothing is claimed', [cost('part', 'supplier', 500)], 0],
    ['a contract’s costs are ours', [cost('part', 'contract', 500), cost('travel', 'us', 40)], 540],
    ['a claim takes its part off', [cost('part', 'contract', 500), claim('supplier', 500)], 0],
    ['and a part of it for a share', [cost('part', 'contract', 500), claim('supplier', 200)], 300],
    ['but hours stay', [cost('part', 'us', 500), cost('labour', 'us', 80), claim('supplier', 500)], 80],
    [
      'also when more is claimed than the part cost',
      [cost('part', 'us', 500), cost('labour', 'us', 80), claim('supplier', 900)],
      80,
    ],
    [
      'a claim for what the supplier bears anyhow is not taken off once more',
      [cost('part', 'supplier', 500), claim('supplier', 500), cost('part', 'us', 300)],
      300,
    ],
    [
      'what is claimed beyond his own cost lowers ours',
      [cost('part', 'supplier', 500), claim('supplier', 600), cost('part', 'us', 300)],
      200,
    ],
    [
      'a claim on the maker does not answer for what a supplier bears',
      [cost('part', 'supplier', 500), claim('maker', 300), cost('part', 'us', 300)],
      0,
    ],
    ['nobody claims from himself', [cost('part', 'us', 500), claim('us', 500), claim('contract', 500)], 500],
    ['nothing at all', [], 0],
  ])('%s', (_, lines, expected) => expect(ownBurdenCents(lines)).toBe(expected))

  const anyLine = fc.record<BurdenLine>({
    side: fc.constantFrom('cost', 'revenue', 'claim'),
    kind: fc.constantFrom('labour', 'part', 'travel', 'freight'),
    payer: fc.constantFrom('customer', 'contract', 'supplier', 'maker', 'us'),
    netCents: fc.integer({ min: 0, max: 1_000_000 }),
  })
  const lines = fc.array(anyLine, { maxLength: 20 })
  const ours = (all: readonly BurdenLine[]) =>
    all
      .filter(({ side, payer }) => side === 'cost' && (payer === 'us' || payer === 'contract'))
      .reduce((sum, { netCents }) => sum + netCents, 0)
  const claimed = (all: readonly BurdenLine[]) =>
    all.filter(({ side }) => side === 'claim').reduce((sum, { netCents }) => sum + netCents, 0)

  it('lies between our costs less all claims and our costs, and never below nothing', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const burden = ownBurdenCents(all)
        expect(burden).toBeLessThanOrEqual(ours(all))
        expect(burden).toBeGreaterThanOrEqual(Math.max(0, ours(all) - claimed(all)))
      }),
    )
  })

  it('does not change by a cost that another bears and that is claimed from him in full', () => {
    const theirs = fc.tuple(fc.constantFrom('supplier' as const, 'maker' as const), fc.nat(1_000_000))
    fc.assert(
      fc.property(lines, theirs, fc.constantFrom('part' as const, 'freight' as const), (all, [payer, cents], kind) => {
        const both = [cost(kind, payer, cents), claim(payer, cents, kind)]
        expect(ownBurdenCents([...all, ...both])).toBe(ownBurdenCents(all))
      }),
    )
  })

  it('of several tickets is the sum of each one’s: no claim pays for another ticket', () => {
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const together = [
          ...first.map((line) => ({ ...line, ticketId: 'first' })),
          ...second.map((line) => ({ ...line, ticketId: 'second' })),
        ]
        expect(ownBurdenCents(together)).toBe(ownBurdenCents(first) + ownBurdenCents(second))
      }),
    )
  })
})
