import { and, eq, isNull } from 'drizzle-orm'
import type { DbOrTx } from './client.ts'
import { deadLetters } from './schema/devices.ts'

/**
 * Asks ingest to take a dead letter's readings once more; a trigger tells it. What it still refuses becomes a new dead letter.
 * False when there is no such letter or it was replayed already.
 */
export async function requestReplay(db: DbOrTx, deadLetterId: number, at: Date): Promise<boolean> {
  const updated = await db
    .update(deadLetters)
    .set({ replayRequestedAt: at })
    .where(and(eq(deadLetters.id, deadLetterId), isNull(deadLetters.replayedAt)))
    .returning({ id: deadLetters.id })
  return updated.length > 0
}
