import type { Static } from 'typebox'
import type { consumePart } from '@fettle/contracts/parts'
import type { Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { assets, models } from '@fettle/db/schema/assets'
import { installedParts } from '@fettle/db/schema/installed-parts'
import { parts, stockLocations } from '@fettle/db/schema/parts'
import { ticketEvents } from '@fettle/db/schema/tickets'
import { partLines } from '@fettle/domain/costs/lines'
import { DomainError } from '@fettle/domain/domain-error'
import { unitWord } from '@fettle/domain/parts/units'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq, isNull } from 'drizzle-orm'
import { entitlementOfTicket, taxRateOn } from '../money/entitlement.ts'
import { addLines } from '../money/commands.ts'
import { isLocked, plain } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { lockTicket } from '../tickets/move-ticket.ts'
import { isFinished, type TicketRow } from '../tickets/ticket-rows.ts'
import { type Part, recordMovement } from './ledger.ts'

type Use = Static<typeof consumePart.schema.body>

/**
 * Takes a part from a location for a ticket. One transaction moves the stock, moves the serial into the machine's file, and
 * writes cost and revenue; the ledger, not a counter, is what counts. Returns the movement's id.
 */
export async function consume(tx: Tx, actor: Actor, ticketId: string, use: Use, now: Date): Promise<string> {
  const ticket = await lockTicket(tx, actor, ticketId)
  if (isLocked(ticket) || isFinished(ticket))
    throw new DomainError('money/locked', 'this ticket is finished; reopen it first')
  const part = await partById(tx, use.partId)
  const location = await reachableLocation(tx, actor, use.locationId)
  const movementId = await recordMovement(
    tx,
    part,
    {
      kind: 'consume',
      quantity: use.quantity,
      fromLocationId: location.id,
      toLocationId: null,
      serial: use.serial ?? null,
      removedSerial: use.removedSerial ?? null,
      ticketId,
      by: actor.name,
    },
    now,
    await familyOf(tx, ticket),
  )
  await updateAssetFile(tx, ticket, part, use, now)
  const entitlement = await entitlementOfTicket(tx, ticket)
  const lines = partLines({
    part,
    unitCostCents: part.costCents,
    quantity: use.quantity,
    entitlement,
    taxRate: await taxRateOn(tx, now),
  })
  await addLines(tx, ticketId, lines, { by: actor.name, at: now, movementId })
  const unit = unitWord(part.unit, use.quantity)
  const amount = (word: string) => `${plain(use.quantity)} ${word}${use.serial ? ` ${use.serial}` : ''}`
  await tx.insert(ticketEvents).values({
    id: uuidv7(now.getTime()),
    ticketId,
    at: now,
    by: actor.name,
    byRole: actor.role,
    kind: 'part',
    text: {
      zh: `领用 ${part.code} ${part.name.zh} ${amount(unit.zh)}（${location.name}）`,
      en: `Used ${part.code} ${part.name.en} ${amount(unit.en)} (${location.name})`,
    },
  })
  await announce(tx, { kind: 'ticket', ticketId, assetId: ticket.assetId })
  return movementId
}

async function partById(tx: Tx, partId: string): Promise<Part> {
  const [part] = await tx.select().from(parts).where(eq(parts.id, partId))
  if (!part) throw new DomainError('resource/not-found', 'there is no such part', { partId })
  return part
}

async function familyOf(tx: Tx, ticket: TicketRow): Promise<string> {
  const [model] = await tx
    .select({ family: models.family })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .where(eq(assets.id, ticket.assetId))
  if (!model) throw new Error(`ticket ${ticket.id} points at an asset that is not there`)
  return model.family
}

/** Branch people take from their branch; engineers from their own van or a store, never from someone else's van. */
async function reachableLocation(tx: Tx, actor: Actor, locationId: string) {
  const [location] = await tx.select().from(stockLocations).where(eq(stockLocations.id, locationId))
  const isForeignBranch = actor.branchId !== null && location?.branchId !== actor.branchId
  const isForeignVan = actor.role === 'engineer' && location?.kind === 'van' && location.engineerId !== actor.engineerId
  if (!location || isForeignBranch || isForeignVan) {
    throw new DomainError('resource/not-found', 'there is no such stock location within your reach', { locationId })
  }
  return location
}

/** The old serial leaves the machine's file, the new one enters. */
async function updateAssetFile(tx: Tx, ticket: TicketRow, part: Part, use: Use, now: Date): Promise<void> {
  if (use.removedSerial !== undefined) {
    await tx
      .update(installedParts)
      .set({ removedAt: now })
      .where(
        and(
          eq(installedParts.assetId, ticket.assetId),
          eq(installedParts.partCode, part.code),
          eq(installedParts.serial, use.removedSerial),
          isNull(installedParts.removedAt),
        ),
      )
  }
  await tx.insert(installedParts).values({
    id: uuidv7(now.getTime()),
    assetId: ticket.assetId,
    partCode: part.code,
    serial: use.serial ?? null,
    installedAt: now,
    ticketId: ticket.id,
  })
}
