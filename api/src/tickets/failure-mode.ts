import type { Tx } from '@fettle/db/client'
import { assets, failureModes } from '@fettle/db/schema/assets'
import { DomainError } from '@fettle/domain/domain-error'
import { and, eq } from 'drizzle-orm'

/** A failure mode of another model would spoil every statistic, and name parts that do not fit. Null is not known yet. */
export async function requireModeOfModel(tx: Tx, assetId: string, failureModeId: string | null): Promise<void> {
  if (failureModeId === null) return
  const [mode] = await tx
    .select({ id: failureModes.id })
    .from(failureModes)
    .innerJoin(assets, and(eq(assets.modelId, failureModes.modelId), eq(assets.id, assetId)))
    .where(eq(failureModes.id, failureModeId))
  if (!mode) throw new DomainError('resource/not-found', 'this model has no such failure mode', { failureModeId })
}
