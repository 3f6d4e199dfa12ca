import type { FailureMode } from '@fettle/contracts/failure-modes'
import type { DbOrTx } from '@fettle/db/client'
import { failureModes, models } from '@fettle/db/schema/assets'
import { type SQL, asc, eq } from 'drizzle-orm'

/** The catalogue of what can fail, by key. */
export async function readFailureModes(db: DbOrTx, where: SQL | undefined): Promise<FailureMode[]> {
  const rows = await db
    .select({ mode: failureModes, modelKey: models.key })
    .from(failureModes)
    .innerJoin(models, eq(models.id, failureModes.modelId))
    .where(where)
    .orderBy(asc(failureModes.key))
  return rows.map(({ mode: { modelId: _, certificates: __, skillLevel: ___, ...mode }, modelKey }) => ({
    ...mode,
    modelKey,
  }))
}
