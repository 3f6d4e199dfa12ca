import type { Static } from 'typebox'
import type { addMoneyLine } from '@fettle/contracts/money'
import type { Text } from '@fettle/contracts/scalars'
import type { Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { failureModes } from '@fettle/db/schema/assets'
import { labourRates, moneyLines, serviceItems } from '@fettle/db/schema/money'
import { branches, engineers } from '@fettle/db/schema/organisation'
import { ticketEvents } from '@fettle/db/schema/tickets'
import { claimable } from '@fettle/domain/costs/own-burden'
import { labourLines, moneyLine, type MoneyLineDraft, reversalOf, travelLines } from '@fettle/domain/costs/lines'
import { DomainError } from '@fettle/domain/domain-error'
import { unitKey } from '@fettle/domain/parts/units'
import { uuidv7 } from '@fettle/platform/ids'
import { eq } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'
import { lockTicket } from '../tickets/move-ticket.ts'
import type { TicketRow } from '../tickets/ticket-rows.ts'
import { entitlementOfTicket, taxRateOn } from './entitlement.ts'
import { isLocked } from './queries.ts'

export interface WorkDone {
  readonly visitId: string
  readonly engineerId: string
  readonly failureModeId: string | null
  readonly workHours: string
  readonly travelHours: string
  readonly travelKm: string
  readonly by: string
}

/**
 * Hours and kilometres of a visit as cost and revenue, by the rates in force and what the contract covers. Reported anew,
 * they take the place of what was charged before.
 */
export async function chargeLabourAndTravel(tx: Tx, ticket: TicketRow, work: WorkDone, now: Date): Promise<void> {
  requireUnlocked(ticket)
  const [engineer] = await tx
    .select({
      level: engineers.level,
      branch: branches,
      costCents: labourRates.costCents,
      priceCents: labourRates.priceCents,
    })
    .from(engineers)
    .innerJoin(labourRates, eq(labourRates.level, engineers.level))
    .leftJoin(branches, eq(branches.id, engineers.branchId))
    .where(eq(engineers.id, work.engineerId))
  const [perKm] = await tx.select().from(serviceItems).where(eq(serviceItems.key, 'travel-km'))
  if (!engineer || !perKm) throw new Error('no labour rate for this engineer’s level, or no price for a kilometre')
  await takeBackVisit(tx, ticket.id, work, now)
  const entitlement = await entitlementOfTicket(tx, ticket)
  const taxRate = await taxRateOn(tx, now)
  const { branch, level, ...rate } = engineer
  const { workHours, travelHours, travelKm, by } = work
  const standardHours = await standardHoursOf(tx, work.failureModeId)
  await addLines(
    tx,
    ticket.id,
    [
      ...labourLines({
        engineerLevel: level,
        rate,
        branch,
        workHours,
        travelHours,
        standardHours,
        entitlement,
        taxRate,
      }),
      ...travelLines({ perKm, branch, km: travelKm, entitlement, taxRate }),
    ],
    { by, at: now, visitId: work.visitId },
  )
}

/** A line that a person adds: outsourcing, freight, a claim, a discount. Throws `request/invalid` for a claim on nobody else. */
export async function addLine(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  { description, unit, ...facts }: Static<typeof addMoneyLine.schema.body>,
  now: Date,
): Promise<TicketRow> {
  const ticket = await lockTicket(tx, actor, ticketId)
  requireUnlocked(ticket)
  requireOwedByOthers(facts)
  const text: Text = { zh: description, en: description }
  const line = moneyLine({ ...facts, unit: unitKey(unit), description: text })
  await addLines(tx, ticketId, [line], { by: actor.name, at: now })
  await tx.insert(ticketEvents).values({
    id: uuidv7(now.getTime()),
    ticketId,
    at: now,
    by: actor.name,
    byRole: actor.role,
    kind: 'money',
    text,
  })
  await announce(tx, { kind: 'ticket', ticketId, assetId: ticket.assetId })
  return ticket
}

function requireUnlocked(ticket: TicketRow): void {
  if (isLocked(ticket))
    throw new DomainError('money/locked', 'this ticket is in a statement; its money no longer changes')
}

function requireOwedByOthers({ side, payer }: Pick<MoneyLineDraft, 'side' | 'payer'>): void {
  if (side !== 'claim' || claimable.some((owing) => owing === payer)) return
  throw new DomainError('request/invalid', 'a claim is on a supplier or on the maker', { payer })
}

interface Written {
  readonly by: string
  readonly at: Date
  readonly movementId?: string
  readonly visitId?: string
}

export async function addLines(
  tx: Tx,
  ticketId: string,
  drafts: readonly (MoneyLineDraft & { readonly reversesId?: string })[],
  { by, at, movementId, visitId }: Written,
): Promise<void> {
  if (drafts.length === 0) return
  await tx.insert(moneyLines).values(
    drafts.map((draft) => ({
      ...draft,
      id: uuidv7(at.getTime()),
      ticketId,
      movementId,
      visitId,
      createdAt: at,
      createdBy: by,
    })),
  )
}

/** Reverses what an earlier report of this visit charged; lines are never changed. */
async function takeBackVisit(tx: Tx, ticketId: string, { visitId, by }: WorkDone, now: Date): Promise<void> {
  const charged = await tx.select().from(moneyLines).where(eq(moneyLines.visitId, visitId))
  const takenBack = new Set(charged.map(({ reversesId }) => reversesId))
  const standing = charged.filter(({ id, reversesId }) => reversesId === null && !takenBack.has(id))
  const reversals = standing.map((line) => ({ ...reversalOf(line), reversesId: line.id }))
  await addLines(tx, ticketId, reversals, { by, at: now, visitId })
}

async function standardHoursOf(tx: Tx, failureModeId: string | null): Promise<string | null> {
  if (failureModeId === null) return null
  const [mode] = await tx
    .select({ standardHours: failureModes.standardHours })
    .from(failureModes)
    .where(eq(failureModes.id, failureModeId))
  return mode?.standardHours ?? null
}
