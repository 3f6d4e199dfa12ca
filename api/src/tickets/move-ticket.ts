import type { TicketAction, WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import type { Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { customers } from '@fettle/db/schema/organisation'
import { ticketEvents, tickets, visits } from '@fettle/db/schema/tickets'
import { DomainError } from '@fettle/domain/domain-error'
import { tierPlans, type TierPlan } from '@fettle/domain/sla/tiers'
import { transition } from '@fettle/domain/tickets/transition'
import { promisesAfterStep, stepText } from '@fettle/domain/tickets/waiting'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'
import { isInCharge, ticketScope } from '../policy/scope.ts'
import type { TicketRow } from './ticket-rows.ts'

export interface Move {
  readonly action: TicketAction
  readonly reason?: string | undefined
  /** What a ticket that is put on hold waits for. */
  readonly waitingFor?: WaitingFor | undefined
  readonly engineerId?: string
  /** An appointment or a completion report comes with this step. */
  readonly hasVisit?: boolean
  readonly hasReport?: boolean
  /** Columns that go with this step, such as the ticket that this one was merged into. */
  readonly also?: Partial<typeof tickets.$inferInsert>
}

/** Locks the ticket for this transaction. Throws when it is not visible or someone else changed it meanwhile. */
export async function lockTicket(tx: Tx, actor: Actor, ticketId: string, expectedVersion?: number): Promise<TicketRow> {
  const [ticket] = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.id, ticketId), ticketScope(actor)))
    .for('update')
  if (!ticket) throw new DomainError('resource/not-found', 'there is no such ticket', { ticketId })
  if (expectedVersion !== undefined && ticket.version !== expectedVersion) {
    throw new DomainError('resource/stale', 'someone else changed this ticket; look again', {
      expectedVersion,
      version: ticket.version,
    })
  }
  return ticket
}

/** One step of the life cycle: decide (pure), save with what it does to the promises, and write the trail line. The ticket must be locked. */
export async function moveTicket(tx: Tx, actor: Actor, ticket: TicketRow, move: Move, now: Date): Promise<TicketRow> {
  if (!isInCharge(actor, ticket)) {
    throw new DomainError('policy/forbidden', 'this ticket is not yours', { engineerId: ticket.engineerId })
  }
  const decision = transition(standardWorkflow, ticket, {
    action: move.action,
    by: { role: actor.role, name: actor.name },
    at: now,
    reason: move.reason,
    waitingFor: move.waitingFor,
    engineerId: move.engineerId,
    hasVisit: move.hasVisit,
    hasReport: move.hasReport,
  })
  if (!decision.ok) {
    throw new DomainError(decision.code, decision.reason.en, {
      state: ticket.state,
      action: move.action,
      reason: decision.reason,
    })
  }
  const promises = promisesAfterStep(ticket, decision.ticket, now, await planOf(tx, ticket))
  const [saved] = await tx
    .update(tickets)
    .set({ ...move.also, ...decision.ticket, ...promises, version: sql`${tickets.version} + 1` })
    .where(eq(tickets.id, ticket.id))
    .returning()
  if (!saved) throw new DomainError('resource/not-found', 'there is no such ticket', { ticketId: ticket.id })
  if (decision.endsVisit) await cancelOpenVisits(tx, ticket.id)
  await tx.insert(ticketEvents).values({
    id: uuidv7(now.getTime()),
    ticketId: ticket.id,
    at: now,
    by: actor.name,
    byRole: actor.role,
    kind: 'moved',
    action: move.action,
    from: decision.from,
    to: decision.to,
    text: stepText(decision.text, ticket, decision.ticket, promises, now),
    reason: move.reason ?? null,
  })
  await announce(tx, { kind: 'ticket', ticketId: ticket.id, assetId: ticket.assetId })
  return saved
}

/** What is promised to this customer today. */
async function planOf(tx: Tx, { customerId }: TicketRow): Promise<TierPlan> {
  const [customer] = await tx.select({ tier: customers.tier }).from(customers).where(eq(customers.id, customerId))
  if (!customer) throw new DomainError('resource/not-found', 'the customer of this ticket is gone', { customerId })
  return tierPlans[customer.tier]
}

async function cancelOpenVisits(tx: Tx, ticketId: string): Promise<void> {
  await tx
    .update(visits)
    .set({ state: 'cancelled' })
    .where(and(eq(visits.ticketId, ticketId), inArray(visits.state, ['planned', 'travelling', 'on-site'])))
}
