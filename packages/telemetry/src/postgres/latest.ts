import type { LatestValue, SignalKind } from '@fettle/contracts/telemetry'
import type { Db, Tx } from '@fettle/db/client'
import { signals } from '@fettle/db/schema/assets'
import { telemetryLatest } from '@fettle/db/schema/telemetry'
import { eq, inArray, sql } from 'drizzle-orm'
import type { LatestChanges, LatestOfAsset } from '../store.ts'
import { numbers } from './array-literal.ts'
import type { Newest } from './chunks.ts'

/** The table is kept in PostgreSQL whichever store has the history; `newest` has at most one reading of a series. */
export async function upsertLatest(tx: Tx, newest: readonly Newest[]): Promise<void> {
  if (newest.length === 0) return
  // One order of locking for all writers.
  const inOrder = newest.toSorted((a, b) => a.series - b.series)
  const texts = inOrder.some(({ text }) => text !== undefined) ? inOrder.map(({ text }) => text ?? null) : null
  await tx.execute(sql`
    insert into telemetry_latest as latest (series, at_ms, value, "text", quality, position, revision)
    select series, at_ms, value, "text", quality, position, pg_current_xact_id()::text::bigint
    from unnest(
      ${numbers(inOrder.map((reading) => reading.series))}::int[],
      ${numbers(inOrder.map((reading) => reading.atMs))}::bigint[],
      ${numbers(inOrder.map((reading) => reading.value))}::float8[],
      ${sql.param(texts)}::text[],
      ${numbers(inOrder.map((reading) => reading.quality))}::smallint[],
      ${numbers(inOrder.map((reading) => reading.position))}::bigint[]
    ) as newest (series, at_ms, value, "text", quality, position)
    on conflict (series) do update set
      at_ms = excluded.at_ms, value = excluded.value, "text" = excluded."text", quality = excluded.quality,
      position = excluded.position, revision = excluded.revision
    where (excluded.at_ms, excluded.position) > (latest.at_ms, latest.position)`)
}

export async function latestOf(db: Db, signalIds: readonly string[]): Promise<LatestValue[]> {
  if (signalIds.length === 0) return []
  const { atMs: at, value, text, quality } = telemetryLatest
  const rows = await db
    .select({ kind: signals.kind, signalId: signals.id, at, value, text, quality })
    .from(telemetryLatest)
    .innerJoin(signals, eq(signals.series, telemetryLatest.series))
    .where(inArray(signals.id, [...signalIds]))
  return rows.map(asKind)
}

/**
 * The cursor is the oldest transaction that had not ended: whatever this snapshot cannot see was written by it or a later one.
 * Counters and times would skip what a slow transaction commits after a fast one.
 */
export async function changesSince(db: Db, cursor: string | null): Promise<LatestChanges> {
  const since = cursor === null ? null : Number(cursor)
  const { rows } = await db.execute<{ cursor: string } & { [K in keyof LatestRow]: LatestRow[K] | null }>(sql`
    with snapshot as (select pg_snapshot_xmin(pg_current_snapshot())::text as cursor)
    select snapshot.cursor, signal.asset_id as "assetId", signal.id as "signalId", signal.kind,
           latest.at_ms as "at", latest.value, latest."text", latest.quality
    from snapshot
    left join (telemetry_latest latest join signals signal using (series)) on latest.revision >= ${since}::bigint`)
  const values: LatestOfAsset[] = []
  for (const { assetId, signalId, kind, at, value, text, quality } of rows) {
    if (assetId === null || signalId === null || kind === null || at === null || quality === null) continue
    values.push(asKind({ kind, assetId, signalId, at, value, text, quality }))
  }
  return { cursor: rows[0]?.cursor ?? '0', values }
}

interface LatestRow extends LatestOfAsset {
  readonly kind: SignalKind
  readonly text: string | null
}

/** Only a text signal has a text, be it null. */
function asKind<T extends { kind: SignalKind; text: string | null }>({ kind, text, ...latest }: T) {
  return kind === 'text' ? { ...latest, text } : latest
}
