import type { Static } from 'typebox'
import type { Position } from '@fettle/contracts/scalars'
import type { CompletionReport, scheduleVisit, submitReport, Visit } from '@fettle/contracts/visits'
import type { Tx } from '@fettle/db/client'
import { engineers, sites } from '@fettle/db/schema/organisation'
import { completionReports, tickets, visits } from '@fettle/db/schema/tickets'
import { straightKm } from '@fettle/domain/dispatch/distance'
import { DomainError } from '@fettle/domain/domain-error'
import { uuidv7 } from '@fettle/platform/ids'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { chargeLabourAndTravel } from '../money/commands.ts'
import type { Actor } from '../policy/actor.ts'
import { requireModeOfModel } from '../tickets/failure-mode.ts'
import { lockTicket, moveTicket } from '../tickets/move-ticket.ts'
import type { TicketRow } from '../tickets/ticket-rows.ts'
import { presentVisit, reportOf } from './queries.ts'

type Appointment = Static<typeof scheduleVisit.schema.body>
type Report = Static<typeof submitReport.schema.body>
interface Arrival {
  readonly expectedVersion: number
  readonly position?: Position
}

/** Agrees an appointment; one that was only planned so far gives way to it. */
export async function schedule(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { plannedStart, plannedEnd, expectedVersion }: Appointment,
  now: Date,
): Promise<Visit> {
  if (new Date(plannedEnd) <= new Date(plannedStart)) {
    throw new DomainError('request/invalid', 'an appointment must end after it begins')
  }
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  const moved = await moveTicket(tx, actor, ticket, { action: 'schedule', hasVisit: true }, now)
  if (moved.engineerId === null) throw new DomainError('ticket/requirement-missing', 'assign an engineer first')
  await tx
    .update(visits)
    .set({ state: 'cancelled' })
    .where(and(eq(visits.ticketId, ticketId), eq(visits.state, 'planned')))
  // Whoever comes a second time has left in between.
  await tx
    .update(visits)
    .set({ state: 'done', checkedOutAt: sql`coalesce(${visits.checkedOutAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(eq(visits.ticketId, ticketId), eq(visits.state, 'on-site')))
  const [visit] = await tx
    .insert(visits)
    .values({
      id: uuidv7(now.getTime()),
      ticketId,
      engineerId: moved.engineerId,
      state: 'planned',
      plannedStart: new Date(plannedStart),
      plannedEnd: new Date(plannedEnd),
    })
    .returning()
  return present(tx, visit)
}

export async function depart(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { expectedVersion }: Arrival,
  now: Date,
): Promise<Visit> {
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  const visit = await openVisit(tx, ticket)
  await moveTicket(tx, actor, ticket, { action: 'depart' }, now)
  return change(tx, visit.id, { state: 'travelling', departedAt: now })
}

/** At the machine. The distance from the site is kept when the phone told where it is; it is a fact, not a verdict. */
export async function arrive(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { expectedVersion, position }: Arrival,
  now: Date,
): Promise<Visit> {
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  const visit = await openVisit(tx, ticket)
  await moveTicket(tx, actor, ticket, { action: 'check-in' }, now)
  return change(tx, visit.id, {
    state: 'on-site',
    checkedInAt: now,
    checkedInDistanceM: position ? Math.round((await kmFromSite(tx, ticket, position)) * 1_000) : null,
  })
}

/**
 * Checks out with the report: ends the visit, charges its hours and kilometres, and hands the ticket to the customer. Whoever
 * writes a returned one anew left when the first was written, and may be elsewhere by now.
 */
export async function report(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { expectedVersion, workHours, travelHours, travelKm, failureModeId, customerName, finding, work, outcome }: Report,
  now: Date,
): Promise<CompletionReport> {
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  const visit = await openVisit(tx, ticket)
  const modeId = failureModeId ?? ticket.failureModeId
  await requireModeOfModel(tx, ticket.assetId, modeId)
  const moved = await moveTicket(tx, actor, ticket, { action: 'report', hasReport: true }, now)
  const checkedOutAt = visit.checkedOutAt ?? now
  await change(tx, visit.id, { state: 'done', checkedOutAt, workHours, travelHours, travelKm })
  await tx.insert(completionReports).values({
    id: uuidv7(now.getTime()),
    ticketId,
    visitId: visit.id,
    failureModeId: modeId,
    finding,
    work,
    outcome,
    restoredAt: moved.restoredAt ?? now,
    writtenAt: now,
    writtenBy: actor.name,
    customerName: customerName ?? null,
  })
  await chargeLabourAndTravel(
    tx,
    moved,
    {
      visitId: visit.id,
      engineerId: visit.engineerId,
      failureModeId: modeId,
      workHours,
      travelHours,
      travelKm,
      by: actor.name,
    },
    now,
  )
  const written = await reportOf(tx, ticketId)
  if (!written) throw new Error('the report just written is not there')
  return written
}

async function openVisit(tx: Tx, ticket: TicketRow) {
  const [visit] = await tx
    .select()
    .from(visits)
    .where(and(eq(visits.ticketId, ticket.id), inArray(visits.state, ['planned', 'travelling', 'on-site'])))
    .orderBy(desc(visits.plannedStart))
    .limit(1)
  if (!visit) throw new DomainError('ticket/no-open-visit', 'agree an appointment first', { ticketId: ticket.id })
  return visit
}

async function change(tx: Tx, visitId: string, columns: Partial<typeof visits.$inferInsert>): Promise<Visit> {
  const [visit] = await tx.update(visits).set(columns).where(eq(visits.id, visitId)).returning()
  return present(tx, visit)
}

async function present(tx: Tx, visit: typeof visits.$inferSelect | undefined): Promise<Visit> {
  if (!visit) throw new Error('the visit just written is not there')
  const [engineer] = await tx.select({ name: engineers.name }).from(engineers).where(eq(engineers.id, visit.engineerId))
  return presentVisit(visit, engineer?.name ?? '')
}

async function kmFromSite(tx: Tx, ticket: TicketRow, position: Position): Promise<number> {
  const [site] = await tx
    .select({ latitude: sites.latitude, longitude: sites.longitude })
    .from(tickets)
    .innerJoin(sites, eq(sites.id, tickets.siteId))
    .where(eq(tickets.id, ticket.id))
  return site ? straightKm(position, site) : 0
}
