import type { Coverage } from '@fettle/contracts/customers'
import type { Payer } from '@fettle/contracts/money'
import type { TicketType } from '@fettle/contracts/ticket-life-cycle'

/** What decides whether a part is a wear part. */
export interface PartTraits {
  readonly serialised: boolean
  readonly returnOld: boolean
}

/** What of a ticket the customer does not pay, and who does instead. */
export interface Entitlement {
  readonly coverage: Coverage
  readonly labour: boolean
  readonly travel: boolean
  readonly parts: 'all' | 'wear-only' | 'all-but-wear' | 'none'
  /** Who bears what is covered. */
  readonly payer: Payer
}

/** A promise to the customer as of a day: one service contract, or the machine's own warranty. */
export interface CoverageTerms {
  readonly coverage: Coverage
  readonly wearPartsCharged: boolean
  /** Last day, inclusive. */
  readonly endsOn: string | null
}

export interface ContractTerms extends CoverageTerms {
  readonly startsOn: string
  readonly endsOn: string
}

const broadestFirst: readonly Coverage[] = ['full', 'warranty', 'labour', 'maintenance', 'none']

/**
 * The broadest promise in force on `day` (YYYY-MM-DD): from the customer's contracts and the machine's warranty. A bare
 * warranty leaves out wear parts, as makers do.
 */
export function coverageInForce(
  contracts: readonly ContractTerms[],
  warrantyUntil: string | null,
  day: string,
): CoverageTerms {
  const candidates: CoverageTerms[] = contracts.filter(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn)
  if (warrantyUntil !== null && day <= warrantyUntil) {
    candidates.push({ coverage: 'warranty', wearPartsCharged: true, endsOn: warrantyUntil })
  }
  const ranked = candidates.sort((a, b) => broadestFirst.indexOf(a.coverage) - broadestFirst.indexOf(b.coverage))
  return ranked[0] ?? { coverage: 'none', wearPartsCharged: true, endsOn: null }
}

/**
 * What a promise covers on a ticket of this type.
 * - full: labour, travel and parts (but wear parts where they are charged).
 * - labour: working time only; parts and travel are charged.
 * - warranty: labour, travel and parts but wear parts where charged; the maker bears it.
 * - maintenance: planned maintenance and inspections whole, with the wear parts they change; repairs are charged.
 */
export function entitlementOf(terms: CoverageTerms, type: TicketType): Entitlement {
  const { coverage, wearPartsCharged } = terms
  const parts = wearPartsCharged ? 'all-but-wear' : 'all'
  const nothing: Entitlement = { coverage, labour: false, travel: false, parts: 'none', payer: 'customer' }
  switch (coverage) {
    case 'full':
      return { coverage, labour: true, travel: true, parts, payer: 'contract' }
    case 'warranty':
      return { coverage, labour: true, travel: true, parts, payer: 'maker' }
    case 'labour':
      return { ...nothing, labour: true, payer: 'contract' }
    case 'maintenance': {
      const planned = type === 'maintenance' || type === 'inspection'
      return planned ? { coverage, labour: true, travel: true, parts: 'wear-only', payer: 'contract' } : nothing
    }
    case 'none':
      return nothing
    default:
      return coverage satisfies never
  }
}

/** Filters, oil, seals, belts: what has no number of its own and need not come back is used up in normal service. */
export function isWearPart({ serialised, returnOld }: PartTraits): boolean {
  return !serialised && !returnOld
}

/** Whether the customer gets this part without paying. */
export function coversPart({ parts }: Entitlement, part: PartTraits): boolean {
  switch (parts) {
    case 'all':
      return true
    case 'none':
      return false
    case 'wear-only':
      return isWearPart(part)
    case 'all-but-wear':
      return !isWearPart(part)
    default:
      return parts satisfies never
  }
}
