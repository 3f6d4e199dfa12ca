import type { Static } from 'typebox'
import type { createTicket, transitionTicket } from '@fettle/contracts/tickets'
import type { Text } from '@fettle/contracts/scalars'
import type { Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { assets } from '@fettle/db/schema/assets'
import { customers, sites } from '@fettle/db/schema/organisation'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { ticketEvents, visits } from '@fettle/db/schema/tickets'
import { DomainError } from '@fettle/domain/domain-error'
import { uuidv7 } from '@fettle/platform/ids'
import { and, desc, eq } from 'drizzle-orm'
import { suggestionsFor } from '../engineers/suggestions.ts'
import type { Actor } from '../policy/actor.ts'
import { assetScope } from '../policy/scope.ts'
import { lockOpenAlarmTicket } from './alarm-ticket.ts'
import { requireModeOfModel } from './failure-mode.ts'
import { lockTicket, moveTicket } from './move-ticket.ts'
import { openTicket } from './open-ticket.ts'
import { isFinished, type TicketRow } from './ticket-rows.ts'

type Report = Static<typeof createTicket.schema.body>
type Step = Static<typeof transitionTicket.schema.body>

/** A person reports a fault on a machine that they may see. */
export async function reportFault(tx: Tx, actor: Actor, report: Report, now: Date): Promise<TicketRow> {
  const [asset] = await tx
    .select({ id: assets.id })
    .from(assets)
    .innerJoin(sites, eq(sites.id, assets.siteId))
    .innerJoin(customers, eq(customers.id, assets.customerId))
    .where(and(eq(assets.id, report.assetId), assetScope(actor)))
  if (!asset) throw new DomainError('resource/not-found', 'there is no such asset', { assetId: report.assetId })
  await requireModeOfModel(tx, asset.id, report.failureModeId ?? null)
  return openTicket(
    tx,
    {
      assetId: asset.id,
      type: report.type,
      source: actor.role === 'customer' ? 'portal' : report.source,
      priority: report.priority,
      title: { zh: report.title, en: report.title },
      description: report.description,
      failureModeId: report.failureModeId ?? null,
      reporterName: report.reporterName ?? null,
      reporterPhone: report.reporterPhone ?? null,
      occurredAt: now,
      late: false,
      verification: 'not-needed',
      by: actor,
    },
    now,
  )
}

/** Gives the ticket to an engineer. Whoever the life cycle or the match forbids is refused with the reason. */
export async function assign(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { engineerId, expectedVersion }: { engineerId: string; expectedVersion: number },
  now: Date,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  const match = (await suggestionsFor(tx, actor, ticket, now)).find(
    (suggestion) => suggestion.engineerId === engineerId,
  )
  if (!match) throw new DomainError('resource/not-found', 'there is no such engineer', { engineerId })
  const obstacles = match.factors.filter(({ verdict }) => verdict === 'blocks')
  if (obstacles.length > 0) {
    throw new DomainError('engineer/not-qualified', obstacles.map(({ text }) => text.en).join('; '), {
      engineerId,
      reasons: obstacles.map(({ text }) => text),
    })
  }
  return moveTicket(tx, actor, ticket, { action: 'assign', engineerId }, now)
}

/** One of the steps that need no more than a reason, and to put on hold what is waited for. */
export async function takeStep(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { action, reason, waitingFor, expectedVersion }: Step,
  now: Date,
): Promise<TicketRow> {
  if (waitingFor !== undefined && action !== 'hold') {
    throw new DomainError('request/invalid', 'only a ticket that is put on hold says what it waits for', { action })
  }
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  if (action === 'reopen') await requireNoRival(tx, ticket)
  if (action === 'return-report') await reopenLastVisit(tx, ticketId)
  return moveTicket(tx, actor, ticket, { action, reason, waitingFor }, now)
}

/** This ticket is the same as another: it ends here, says so on both, and its alarms go on there. */
export async function merge(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { intoTicketId, expectedVersion }: { intoTicketId: string; expectedVersion: number },
  now: Date,
): Promise<TicketRow> {
  if (intoTicketId === ticketId) throw new DomainError('request/invalid', 'a ticket cannot be merged into itself')
  // In one order for everybody: two tickets that are merged into each other at the same moment must not wait for ever.
  const first = intoTicketId < ticketId ? await lockTicket(tx, actor, intoTicketId) : undefined
  const ticket = await lockTicket(tx, actor, ticketId, expectedVersion)
  const target = first ?? (await lockTicket(tx, actor, intoTicketId))
  if (isFinished(target)) throw new DomainError('request/invalid', 'a ticket that is finished takes no other one in')
  if (target.assetId !== ticket.assetId) {
    throw new DomainError('request/invalid', 'only tickets of the same machine can be merged')
  }
  const merged = await moveTicket(tx, actor, ticket, { action: 'merge', also: { mergedIntoId: target.id } }, now)
  await tx.update(alarmEpisodes).set({ ticketId: target.id }).where(eq(alarmEpisodes.ticketId, ticket.id))
  await addNote(tx, actor, target, { zh: `合并自 ${ticket.number}`, en: `Merged from ${ticket.number}` }, now)
  return merged
}

export async function addNote(tx: Tx, actor: Actor, ticket: TicketRow, text: Text, now: Date) {
  const [event] = await tx
    .insert(ticketEvents)
    .values({
      id: uuidv7(now.getTime()),
      ticketId: ticket.id,
      at: now,
      by: actor.name,
      byRole: actor.role,
      kind: 'note',
      text,
    })
    .returning()
  if (!event) throw new Error('insert returned no event')
  await announce(tx, { kind: 'ticket', ticketId: ticket.id, assetId: ticket.assetId })
  return event
}

/** One open ticket of a machine for each failure: where the machine raised another since, that one is to be worked on. */
async function requireNoRival(tx: Tx, ticket: TicketRow): Promise<void> {
  if (ticket.source !== 'alarm' || !isFinished(ticket)) return
  const rival = await lockOpenAlarmTicket(tx, ticket)
  if (!rival) return
  throw new DomainError('ticket/illegal-transition', `the machine has raised ${rival.number} for this failure since`, {
    ticketId: rival.id,
    number: rival.number,
  })
}

/** A returned report is written anew by the engineer who was there, for the same visit; when he left stays as it was. */
async function reopenLastVisit(tx: Tx, ticketId: string): Promise<void> {
  const [last] = await tx
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.ticketId, ticketId), eq(visits.state, 'done')))
    .orderBy(desc(visits.checkedOutAt))
    .limit(1)
  if (last) await tx.update(visits).set({ state: 'on-site' }).where(eq(visits.id, last.id))
}
