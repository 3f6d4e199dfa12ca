import type { DbOrTx } from '@fettle/db/client'
import { assets } from '@fettle/db/schema/assets'
import { taxRates } from '@fettle/db/schema/money'
import { serviceContracts } from '@fettle/db/schema/organisation'
import { type CoverageTerms, coverageInForce, type Entitlement, entitlementOf } from '@fettle/domain/costs/coverage'
import { rateOn } from '@fettle/domain/costs/tax'
import { chinaCalendar, localDay } from '@fettle/domain/sla/work-calendar'
import { eq } from 'drizzle-orm'
import type { TicketRow } from '../tickets/ticket-rows.ts'

/** 维修劳务 and goods alike: the general rate. */
const generalTax = 'vat-general'

/** The broadest promise to this customer for this machine on a day. */
export async function coverageOf(
  db: DbOrTx,
  asset: Pick<typeof assets.$inferSelect, 'customerId' | 'warrantyUntil'>,
  at: Date,
): Promise<CoverageTerms> {
  const contracts = await db.select().from(serviceContracts).where(eq(serviceContracts.customerId, asset.customerId))
  return coverageInForce(contracts, asset.warrantyUntil, dayOf(at))
}

/** What of this ticket is covered, as of the day it occurred. */
export async function entitlementOfTicket(db: DbOrTx, ticket: TicketRow): Promise<Entitlement> {
  const [asset] = await db.select().from(assets).where(eq(assets.id, ticket.assetId))
  if (!asset) throw new Error(`ticket ${ticket.id} points at an asset that is not there`)
  return entitlementOf(await coverageOf(db, asset, ticket.occurredAt), ticket.type)
}

/** The tax rate in force on a day. */
export async function taxRateOn(db: DbOrTx, at: Date): Promise<string> {
  return rateOn(await db.select().from(taxRates), generalTax, dayOf(at))
}

/** The day where contracts and tax count their days. */
const dayOf = (at: Date): string => localDay(chinaCalendar, at)
