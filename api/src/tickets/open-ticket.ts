import type { Priority, TicketSource, TicketType, VerificationState } from '@fettle/contracts/ticket-life-cycle'
import type { Text } from '@fettle/contracts/scalars'
import type { Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { assets } from '@fettle/db/schema/assets'
import { customers, regions, sites } from '@fettle/db/schema/organisation'
import { ticketCounters, ticketEvents, tickets } from '@fettle/db/schema/tickets'
import { DomainError } from '@fettle/domain/domain-error'
import { slaDeadlines } from '@fettle/domain/sla/deadlines'
import { chinaCalendar, localDay } from '@fettle/domain/sla/work-calendar'
import { ticketNumber } from '@fettle/domain/tickets/number'
import { uuidv7 } from '@fettle/platform/ids'
import { eq, sql } from 'drizzle-orm'
import type { TicketRow } from './ticket-rows.ts'

export interface NewTicket {
  readonly assetId: string
  readonly type: TicketType
  readonly source: TicketSource
  readonly priority: Priority
  readonly title: Text
  readonly description: string
  readonly failureModeId: string | null
  readonly reporterName: string | null
  readonly reporterPhone: string | null
  /** When the fault showed: the event time of an alarm, now for a person's report. */
  readonly occurredAt: Date
  readonly late: boolean
  readonly verification: VerificationState
  readonly by: { readonly name: string; readonly role: string }
}

/** Opens a ticket with its number, promises and first trail line. A second open alarm ticket hits `one_open_alarm_ticket`. */
export async function openTicket(tx: Tx, fresh: NewTicket, now: Date): Promise<TicketRow> {
  const { by, ...given } = fresh
  const place = await placeOf(tx, fresh.assetId)
  const [ticket] = await tx
    .insert(tickets)
    .values({
      ...given,
      id: uuidv7(now.getTime()),
      number: await nextNumber(tx, fresh.type, place.letters, now),
      state: 'received',
      customerId: place.customerId,
      siteId: place.siteId,
      regionCode: place.regionCode,
      branchId: place.branchId,
      createdAt: now,
      stateSince: now,
      ...slaDeadlines(place.tier, now),
      settlement: 'unsettled',
    })
    .returning()
  if (!ticket) throw new Error('insert returned no ticket')
  await tx.insert(ticketEvents).values({
    id: uuidv7(now.getTime()),
    ticketId: ticket.id,
    at: now,
    by: by.name,
    byRole: by.role,
    kind: 'opened',
    to: 'received',
    text: fresh.title,
  })
  await announce(tx, { kind: 'ticket', ticketId: ticket.id, assetId: ticket.assetId })
  return ticket
}

async function placeOf(tx: Tx, assetId: string) {
  const [place] = await tx
    .select({
      customerId: assets.customerId,
      siteId: assets.siteId,
      regionCode: sites.regionCode,
      letters: regions.letters,
      branchId: customers.branchId,
      tier: customers.tier,
    })
    .from(assets)
    .innerJoin(sites, eq(sites.id, assets.siteId))
    .innerJoin(regions, eq(regions.code, sites.regionCode))
    .innerJoin(customers, eq(customers.id, assets.customerId))
    .where(eq(assets.id, assetId))
  if (!place) throw new DomainError('resource/not-found', 'there is no such asset', { assetId })
  return place
}

/** `WX-LC-261122-007`: the counter row of its type, region and day is locked until commit, so numbers have no gaps from races. */
async function nextNumber(tx: Tx, type: TicketType, letters: string, now: Date): Promise<string> {
  const day = localDay(chinaCalendar, now)
  const [counter] = await tx
    .insert(ticketCounters)
    .values({ prefix: `${type}-${letters}`, day, last: 1 })
    .onConflictDoUpdate({
      target: [ticketCounters.prefix, ticketCounters.day],
      set: { last: sql`${ticketCounters.last} + 1` },
    })
    .returning({ last: ticketCounters.last })
  return ticketNumber(type, letters, day, counter?.last ?? 1)
}
