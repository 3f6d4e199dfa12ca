import type { Tx } from '@fettle/db/client'
import { type parts, partSerials, stockBalances, stockMovements } from '@fettle/db/schema/parts'
import { DomainError } from '@fettle/domain/domain-error'
import { move, type Movement, type StockChange } from '@fettle/domain/parts/ledger'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq, sql } from 'drizzle-orm'

export type Part = typeof parts.$inferSelect

export interface MovementFacts extends Omit<Movement, 'partId'> {
  readonly ticketId: string | null
  readonly removedSerial: string | null
  /** The supplier's batch, where a serial is received. */
  readonly batch?: string
  readonly by: string
}

/**
 * Writes one movement: decides (pure), then ledger, balances and serials in this transaction. Returns its id. Throws what
 * the ledger refuses. `assetFamily` is the machine's that the part goes into.
 */
export async function recordMovement(
  tx: Tx,
  part: Part,
  { batch, ...facts }: MovementFacts,
  now: Date,
  assetFamily?: string,
): Promise<string> {
  const movement = { ...facts, partId: part.id }
  const stock = {
    onHand: await lockBalance(tx, part.id, facts.fromLocationId),
    serialAt: facts.serial === null ? undefined : await serialAt(tx, part.id, facts.serial),
  }
  const decision = move(part, movement, stock, assetFamily)
  if (!decision.ok)
    throw new DomainError(decision.code, decision.reason.en, { part: part.code, reason: decision.reason })
  for (const change of decision.changes) await changeBalance(tx, part.id, change)
  if (facts.serial !== null) {
    await tx
      .insert(partSerials)
      .values({ partId: part.id, serial: facts.serial, locationId: facts.toLocationId, batch: batch ?? null })
      .onConflictDoUpdate({
        target: [partSerials.partId, partSerials.serial],
        set: { locationId: facts.toLocationId },
      })
  }
  const id = uuidv7(now.getTime())
  await tx.insert(stockMovements).values({ ...movement, id, unitCostCents: part.costCents, at: now })
  return id
}

/** What is taken comes from a row that is there and locked; what arrives may be the first of its kind. */
async function changeBalance(tx: Tx, partId: string, { locationId, delta }: StockChange): Promise<void> {
  const quantity = sql`${stockBalances.quantity} + ${delta}::numeric`
  if (delta.startsWith('-')) {
    await tx
      .update(stockBalances)
      .set({ quantity })
      .where(and(eq(stockBalances.partId, partId), eq(stockBalances.locationId, locationId)))
    return
  }
  await tx
    .insert(stockBalances)
    .values({ partId, locationId, quantity: delta })
    .onConflictDoUpdate({ target: [stockBalances.partId, stockBalances.locationId], set: { quantity } })
}

async function lockBalance(tx: Tx, partId: string, locationId: string | null): Promise<string> {
  if (locationId === null) return '0'
  const [balance] = await tx
    .select({ quantity: stockBalances.quantity })
    .from(stockBalances)
    .where(and(eq(stockBalances.partId, partId), eq(stockBalances.locationId, locationId)))
    .for('update')
  return balance?.quantity ?? '0'
}

/** Where a serial lies, null once built in, undefined where it was never seen. */
async function serialAt(tx: Tx, partId: string, serial: string): Promise<string | null | undefined> {
  const [row] = await tx
    .select({ locationId: partSerials.locationId })
    .from(partSerials)
    .where(and(eq(partSerials.partId, partId), eq(partSerials.serial, serial)))
    .for('update')
  return row?.locationId
}
