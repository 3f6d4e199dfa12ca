import type { Static } from 'typebox'
import type { listTickets, Ticket, TicketEvent, TicketSummary } from '@fettle/contracts/tickets'
import type { DbOrTx } from '@fettle/db/client'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { ticketEvents, tickets } from '@fettle/db/schema/tickets'
import { assets } from '@fettle/db/schema/assets'
import { customers } from '@fettle/db/schema/organisation'
import { DomainError } from '@fettle/domain/domain-error'
import { slaClocks } from '@fettle/domain/sla/clocks'
import { tierPlans } from '@fettle/domain/sla/tiers'
import { allowedSteps } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { countRows } from '../lists/count.ts'
import { page } from '../lists/page.ts'
import { marginOfTicket } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { seesMoney, seesPhoneNumbers } from '../policy/permissions.ts'
import { isInCharge, ticketScope } from '../policy/scope.ts'
import { maskPhone } from '../policy/mask.ts'
import { reportOf, visitsOf } from '../visits/queries.ts'
import { isOpen, isOverdue, readTickets, summaryOf } from './ticket-rows.ts'

type Filters = Static<typeof listTickets.schema.querystring>

/** The pool as this actor sees it. */
export async function ticketList(db: DbOrTx, actor: Actor, query: Filters, now: Date) {
  const list = page({
    query,
    columns: {
      createdAt: { column: tickets.createdAt, cast: 'timestamptz' },
      occurredAt: { column: tickets.occurredAt, cast: 'timestamptz' },
      number: { column: tickets.number, cast: 'text' },
    },
    fallback: '-createdAt',
    id: { column: tickets.id, cast: 'uuid' },
  })
  const where = and(ticketScope(actor), filtersOf(query, now), list.after)
  const cut = list.cut(await readTickets(db, { where, orderBy: list.orderBy, limit: list.fetch, mark: list.mark }))
  return { items: cut.rows.map((row) => summaryOf(row, now)), nextCursor: cut.nextCursor }
}

/** How many there are in it, counted up to `most`. */
export function ticketCount(db: DbOrTx, actor: Actor, query: Filters, now: Date, most: number): Promise<number> {
  const where = and(ticketScope(actor), filtersOf(query, now))
  return countRows(db, readTickets(db, { where, orderBy: sql`${tickets.id}`, limit: most }))
}

function filtersOf(query: Filters, now: Date) {
  const { source, state, open, priority, type, assetId, customerId, engineerId, assigned, overdue, q } = query
  return and(
    source ? eq(tickets.source, source) : undefined,
    state ? eq(tickets.state, state) : undefined,
    open === undefined ? undefined : open ? isOpen : sql`not (${isOpen})`,
    priority ? eq(tickets.priority, priority) : undefined,
    type ? eq(tickets.type, type) : undefined,
    assetId ? eq(tickets.assetId, assetId) : undefined,
    customerId ? eq(tickets.customerId, customerId) : undefined,
    engineerId ? eq(tickets.engineerId, engineerId) : undefined,
    assigned === undefined ? undefined : assigned ? isNotNull(tickets.engineerId) : isNull(tickets.engineerId),
    overdue === undefined ? undefined : overdue ? isOverdue(now) : sql`not ${isOverdue(now)}`,
    containing(q, [tickets.number, tickets.title, tickets.description, assets.key, assets.name, customers.name]),
  )
}

/** One ticket as a row with its names; not found and not visible are the same to the caller. */
export async function visibleTicket(db: DbOrTx, actor: Actor, ticketId: string) {
  const [row] = await readTickets(db, {
    where: and(ticketScope(actor), eq(tickets.id, ticketId)),
    orderBy: asc(tickets.id),
    limit: 1,
  })
  if (!row) throw new DomainError('resource/not-found', 'there is no such ticket', { ticketId })
  return row
}

export async function ticketPage(db: DbOrTx, actor: Actor, ticketId: string, now: Date): Promise<Ticket> {
  const row = await visibleTicket(db, actor, ticketId)
  const events = await eventsOf(db, actor, ticketId)
  const alarms = await db
    .select({ id: alarmEpisodes.id })
    .from(alarmEpisodes)
    .where(eq(alarmEpisodes.ticketId, ticketId))
    .orderBy(desc(alarmEpisodes.raisedMs))
  const visits = await visitsOf(db, ticketId)
  const report = await reportOf(db, ticketId)
  const margin = seesMoney(actor.role) ? await marginOfTicket(db, ticketId) : null
  const { ticket } = row
  return {
    ...summaryOf(row, now),
    description: ticket.description,
    reporterName: ticket.reporterName,
    reporterPhone: seesPhoneNumbers(actor.role) ? ticket.reporterPhone : maskPhone(ticket.reporterPhone),
    slaClocks: slaClocks(ticket, now, tierPlans[row.tier]),
    steps: isInCharge(actor, ticket) ? allowedSteps(standardWorkflow, ticket, actor.role) : [],
    events,
    alarmIds: alarms.map(({ id }) => id),
    visits,
    report,
    margin,
  }
}

export async function openTicketsOfAsset(
  db: DbOrTx,
  actor: Actor,
  assetId: string,
  exceptId: string,
  now: Date,
): Promise<TicketSummary[]> {
  const rows = await readTickets(db, {
    where: and(ticketScope(actor), isOpen, eq(tickets.assetId, assetId), sql`${tickets.id} <> ${exceptId}`),
    orderBy: desc(tickets.createdAt),
    limit: 10,
  })
  return rows.map((row) => summaryOf(row, now))
}

/** What was bought in or claimed is told to those who see the money. */
async function eventsOf(db: DbOrTx, actor: Actor, ticketId: string): Promise<TicketEvent[]> {
  const told = seesMoney(actor.role) ? undefined : ne(ticketEvents.kind, 'money')
  const rows = await db
    .select()
    .from(ticketEvents)
    .where(and(eq(ticketEvents.ticketId, ticketId), told))
    .orderBy(asc(ticketEvents.at), asc(ticketEvents.id))
  let since: Date | null = null
  return rows.map((row) => {
    const held = row.kind === 'moved' && since ? row.at.getTime() - since.getTime() : null
    if (row.kind === 'moved' || row.kind === 'opened') since = row.at
    return eventOf(row, held)
  })
}

/** `heldMs`: how long the ticket was in the state that this step left. */
export function eventOf(row: typeof ticketEvents.$inferSelect, heldMs: number | null = null): TicketEvent {
  const { ticketId: _, onceKey: __, at, ...event } = row
  return { ...event, at: at.toISOString(), heldMs }
}
