import { coverageInForce, entitlementOf, type Entitlement } from '@fettle/domain/costs/coverage'
import type { TicketType } from '@fettle/contracts/ticket-life-cycle'
import { dayOf, dayText } from './china-time.ts'
import type { KnownMachine } from './known-machines.ts'

/** What of a ticket the customer does not pay, by the same rules as the money of the ticket itself. */
export function coverOf({ asset, customer }: KnownMachine, type: TicketType, atMs: number): Entitlement {
  return entitlementOf(coverageInForce(customer.contracts, asset.warrantyUntil, dayText(dayOf(atMs))), type)
}
