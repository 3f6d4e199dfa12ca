import type { Static } from 'typebox'
import type { consumePart } from '@fettle/contracts/parts'
import type { Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { assets, models } from '@fettle/db/schema/assets'
import { installedParts } from '@fettle/db/schema/installed-parts'
import { parts, partSerials, stockBalances, stockLocations, stockMovements } from '@fettle/db/schema/parts'
import { ticketEvents } from '@fettle/db/schema/tickets'
import { compareDecimals, parseDecimal } from '@fettle/domain/costs/decimal'
import { partLines } from '@fettle/domain/costs/lines'
import { DomainError } from '@fettle/domain/domain-error'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { entitlementOfTicket, taxRateOn } from '../money/entitlement.ts'
import { addLines } from '../money/commands.ts'
import { isLocked } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { lockTicket } from '../tickets/move-ticket.ts'
import { isFinished, type TicketRow } from '../tickets/ticket-rows.ts'

type Use = Static<typeof consumePart.schema.body>
type Part = typeof parts.$inferSelect

/**
 * Takes a part from a location for a ticket. One transaction moves the stock, moves the serial into the machine's file, and
 * writes cost and revenue; the ledger, not a counter, is what counts. Returns the movement's id.
 */
export async function consume(tx: Tx, actor: Actor, ticketId: string, use: Use, now: Date): Promise<string> {
  const ticket = await lockTicket(tx, actor, ticketId)
  if (isLocked(ticket) || isFinished(ticket))
    throw new DomainError('money/locked', 'this ticket is finished; reopen it first')
  if (compareDecimals(use.quantity, '0') <= 0)
    throw new DomainError('request/invalid', 'the quantity must be above zero')
  const part = await compatiblePart(tx, ticket, use.partId)
  const location = await reachableLocation(tx, actor, use.locationId)
  await takeFromBalance(tx, part, location, use.quantity)
  if (part.serialised) await takeSerial(tx, part, location, use)
  const movementId = uuidv7(now.getTime())
  await tx.insert(stockMovements).values({
    id: movementId,
    kind: 'consume',
    partId: part.id,
    quantity: use.quantity,
    fromLocationId: location.id,
    serial: use.serial ?? null,
    removedSerial: use.removedSerial ?? null,
    unitCostCents: part.costCents,
    ticketId,
    at: now,
    by: actor.name,
  })
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
  const amount = `${use.quantity} ${part.unit}${use.serial ? ` ${use.serial}` : ''}`
  await tx.insert(ticketEvents).values({
    id: uuidv7(now.getTime()),
    ticketId,
    at: now,
    by: actor.name,
    byRole: actor.role,
    kind: 'part',
    text: {
      zh: `消耗 ${part.code} ${part.name.zh} ${amount}（${location.name}）`,
      en: `Used ${part.code} ${part.name.en} ${amount} (${location.name})`,
    },
  })
  await announce(tx, { kind: 'ticket', ticketId, assetId: ticket.assetId })
  return movementId
}

async function compatiblePart(tx: Tx, ticket: TicketRow, partId: string): Promise<Part> {
  const [part] = await tx.select().from(parts).where(eq(parts.id, partId))
  if (!part) throw new DomainError('resource/not-found', 'there is no such part', { partId })
  const [model] = await tx
    .select({ family: models.family })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .where(eq(assets.id, ticket.assetId))
  if (model?.family !== part.modelFamily) {
    throw new DomainError('part/incompatible', `${part.code} does not fit this machine`, { part: part.code })
  }
  return part
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
type Location = Awaited<ReturnType<typeof reachableLocation>>

async function takeFromBalance(tx: Tx, part: Part, location: Location, quantity: string): Promise<void> {
  const [taken] = await tx
    .update(stockBalances)
    .set({ quantity: sql`${stockBalances.quantity} - ${quantity}::numeric` })
    .where(
      and(
        eq(stockBalances.partId, part.id),
        eq(stockBalances.locationId, location.id),
        sql`${stockBalances.quantity} >= ${quantity}::numeric`,
      ),
    )
    .returning({ left: stockBalances.quantity })
  if (!taken) {
    throw new DomainError(
      'stock/insufficient',
      `${location.name} does not hold ${quantity} ${part.unit} of ${part.code}`,
      {
        part: part.code,
        location: location.key,
      },
    )
  }
}

async function takeSerial(tx: Tx, part: Part, location: Location, { serial, quantity }: Use): Promise<void> {
  if (serial === undefined || parseDecimal(quantity) !== parseDecimal('1')) {
    throw new DomainError('stock/serial-required', `${part.code} goes out one by one, with its serial number`)
  }
  const [taken] = await tx
    .update(partSerials)
    .set({ locationId: null })
    .where(
      and(eq(partSerials.partId, part.id), eq(partSerials.serial, serial), eq(partSerials.locationId, location.id)),
    )
    .returning({ serial: partSerials.serial })
  if (!taken) throw new DomainError('stock/insufficient', `${serial} does not lie at ${location.name}`, { serial })
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
