import { finishedStates } from '@fettle/contracts/ticket-life-cycle'
import type { TicketSummary } from '@fettle/contracts/tickets'
import type { DbOrTx } from '@fettle/db/client'
import { assets, failureModes } from '@fettle/db/schema/assets'
import { customers, engineers, sites } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { nextDue } from '@fettle/domain/sla/clocks'
import { eq, sql } from 'drizzle-orm'
import type { RowsRead } from '../lists/page.ts'

export type TicketRow = typeof tickets.$inferSelect

/** Literals and no parameters, so that the partial index on open tickets is found to fit. */
export const isOpen = sql`${tickets.state} not in (${sql.raw(finishedStates.map((state) => `'${state}'`).join(', '))})`

const earliestUnkept = sql`least(
  case when ${tickets.answeredAt} is null then ${tickets.answerDueAt} end,
  case when ${tickets.arrivedAt} is null and ${tickets.restoredAt} is null then ${tickets.arriveDueAt} end,
  case when ${tickets.restoredAt} is null then ${tickets.restoreDueAt} end)`

/**
 * When the promise that is owed next falls or fell due, as `nextDue` of the domain picks it; null when none is owed. While the
 * promises are paused only those are owed that were broken before.
 */
export const nextDueAt = sql`case when ${tickets.slaPausedAt} is null or ${earliestUnkept} < ${tickets.slaPausedAt}
  then ${earliestUnkept} end`

/** Open, and a promise to the customer has passed; one that is paused has not. */
export const isOverdue = (now: Date) =>
  sql`(${isOpen} and coalesce((${nextDueAt}) < ${now.toISOString()}::timestamptz, false))`

const fields = {
  ticket: tickets,
  assetKey: assets.key,
  assetName: assets.name,
  customerName: customers.name,
  tier: customers.tier,
  siteName: sites.name,
  failureModeKey: failureModes.key,
  failureModeName: failureModes.name,
  engineerName: engineers.name,
}

/** Tickets with the names that a list shows. */
export function readTickets(db: DbOrTx, { where, orderBy, limit, mark }: RowsRead) {
  return db
    .select({ ...fields, mark: mark ?? sql<string>`''` })
    .from(tickets)
    .innerJoin(assets, eq(assets.id, tickets.assetId))
    .innerJoin(customers, eq(customers.id, tickets.customerId))
    .innerJoin(sites, eq(sites.id, tickets.siteId))
    .leftJoin(failureModes, eq(failureModes.id, tickets.failureModeId))
    .leftJoin(engineers, eq(engineers.id, tickets.engineerId))
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
}
export type TicketReadRow = Awaited<ReturnType<typeof readTickets>>[number]

export function summaryOf(row: TicketReadRow, now: Date): TicketSummary {
  const { ticket, tier: _tier, mark: _mark, ...names } = row
  return {
    ...names,
    id: ticket.id,
    number: ticket.number,
    version: ticket.version,
    type: ticket.type,
    source: ticket.source,
    state: ticket.state,
    waitingFor: ticket.waitingFor,
    pausedAt: ticket.slaPausedAt?.toISOString() ?? null,
    priority: ticket.priority,
    title: ticket.title,
    late: ticket.late,
    assetId: ticket.assetId,
    customerId: ticket.customerId,
    siteId: ticket.siteId,
    regionCode: ticket.regionCode,
    branchId: ticket.branchId,
    engineerId: ticket.engineerId,
    occurredAt: ticket.occurredAt.toISOString(),
    createdAt: ticket.createdAt.toISOString(),
    closedAt: ticket.closedAt?.toISOString() ?? null,
    nextDue: nextDue(ticket, now),
    verification: ticket.verification,
    settlement: ticket.settlement,
  }
}

export function isFinished({ state }: Pick<TicketRow, 'state'>): boolean {
  return (finishedStates as readonly string[]).includes(state)
}
