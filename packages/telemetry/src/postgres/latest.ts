import type { LatestValue } from '@fettle/contracts/telemetry'
import type { Db } from '@fettle/db/client'
import { signals } from '@fettle/db/schema/assets'
import { telemetryLatest } from '@fettle/db/schema/telemetry'
import { eq, inArray, sql } from 'drizzle-orm'
import type { LatestChanges, LatestOfAsset } from '../store.ts'

export async function latestOf(db: Db, signalIds: readonly string[]): Promise<LatestValue[]> {
  if (signalIds.length === 0) return []
  return db
    .select({
      signalId: signals.id,
      at: telemetryLatest.atMs,
      value: telemetryLatest.value,
      quality: telemetryLatest.quality,
    })
    .from(telemetryLatest)
    .innerJoin(signals, eq(signals.series, telemetryLatest.series))
    .where(inArray(signals.id, [...signalIds]))
}

/**
 * The cursor is the oldest transaction that had not ended: whatever this snapshot cannot see was written by it or a later one.
 * Counters and times would skip what a slow transaction commits after a fast one.
 */
export async function changesSince(db: Db, cursor: string | null): Promise<LatestChanges> {
  const since = cursor === null ? null : Number(cursor)
  const { rows } = await db.execute<{ cursor: string } & { [K in keyof LatestOfAsset]: LatestOfAsset[K] | null }>(sql`
    with snapshot as (select pg_snapshot_xmin(pg_current_snapshot())::text as cursor)
    select snapshot.cursor, signal.asset_id as "assetId", signal.id as "signalId",
           latest.at_ms as "at", latest.value, latest.quality
    from snapshot
    left join (telemetry_latest latest join signals signal using (series)) on latest.revision >= ${since}::bigint`)
  const values: LatestOfAsset[] = []
  for (const { assetId, signalId, at, value, quality } of rows) {
    if (assetId === null || signalId === null || at === null || quality === null) continue
    values.push({ assetId, signalId, at, value, quality })
  }
  return { cursor: rows[0]?.cursor ?? '0', values }
}
