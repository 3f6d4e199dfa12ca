import type { DbOrTx } from '@fettle/db/client'
import { consumerPositions } from '@fettle/db/schema/devices'
import { ruleSnapshots } from '@fettle/db/schema/rules'
import { eq, sql } from 'drizzle-orm'

/** Who reads the log and keeps its place in `consumer_positions`. */
export type Consumer = 'store' | 'rules'

/** Next position to read, by partition; a partition that was never read is absent. */
export async function loadPositions(db: DbOrTx, consumer: Consumer): Promise<Map<number, number>> {
  const rows = await db.select().from(consumerPositions).where(eq(consumerPositions.consumer, consumer))
  return new Map(rows.map(({ partition, position }) => [partition, position]))
}

/** Call it in the transaction of the effect. */
export async function savePositions(
  tx: DbOrTx,
  consumer: Consumer,
  positions: ReadonlyMap<number, number>,
): Promise<void> {
  if (positions.size === 0) return
  await tx
    .insert(consumerPositions)
    .values([...positions].map(([partition, position]) => ({ consumer, partition, position })))
    .onConflictDoUpdate({
      target: [consumerPositions.consumer, consumerPositions.partition],
      set: { position: sql`excluded.position` },
    })
}

/**
 * Before which position each partition is not needed any more: the lowest place of all `consumers`, and of the rules' snapshots,
 * from which they start again. A partition that one of the consumers has no place in yet is absent.
 */
export async function neededFrom(db: DbOrTx, consumers: readonly Consumer[]): Promise<Map<number, number>> {
  const [places, snapshots] = await Promise.all([
    db.select().from(consumerPositions),
    db.select({ partition: ruleSnapshots.partition, position: ruleSnapshots.position }).from(ruleSnapshots),
  ])
  const needed = new Map<number, number>()
  for (const partition of new Set(places.map((place) => place.partition))) {
    const here = places.filter((place) => place.partition === partition)
    if (!consumers.every((consumer) => here.some((place) => place.consumer === consumer))) continue
    const all = [...here, ...snapshots.filter((snapshot) => snapshot.partition === partition)]
    needed.set(partition, Math.min(...all.map(({ position }) => position)))
  }
  return needed
}
