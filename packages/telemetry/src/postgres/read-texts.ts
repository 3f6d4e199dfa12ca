import type { Db } from '@fettle/db/client'
import { telemetryTexts } from '@fettle/db/schema/telemetry'
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import type { BucketGrid } from '../bucket-grid.ts'
import type { TextPart } from '../history-columns.ts'
import type { RawReadings, Span } from '../store.ts'

/** At most `limit` readings of the span, the first ones. */
export async function rawTexts(db: Db, series: number, { fromMs, toMs }: Span, limit: number): Promise<RawReadings> {
  const rows = await db
    .select({ atMs: telemetryTexts.atMs, text: telemetryTexts.text, quality: telemetryTexts.quality })
    .from(telemetryTexts)
    .where(and(eq(telemetryTexts.series, series), gte(telemetryTexts.atMs, fromMs), lt(telemetryTexts.atMs, toMs)))
    .orderBy(asc(telemetryTexts.atMs))
    .limit(limit)
  return {
    times: rows.map(({ atMs }) => atMs),
    values: rows.map(() => null),
    qualities: rows.map(({ quality }) => quality),
    texts: rows.map(({ text }) => text),
  }
}

export async function textParts(
  db: Db,
  series: number,
  { fromMs, toMs }: Span,
  { startMs, bucketMs }: BucketGrid,
): Promise<TextPart[]> {
  const { rows } = await db.execute<TextPart & Record<string, unknown>>(sql`
    select ((at_ms - ${startMs}::bigint) / ${bucketMs}::bigint)::int as bucket,
           (array_agg("text" order by at_ms desc) filter (where quality < 2))[1] as "text",
           max(quality) as "worstQuality"
    from telemetry_texts
    where series = ${series} and at_ms >= ${fromMs} and at_ms < ${toMs}
    group by bucket`)
  return rows
}

/** Deletes up to `limit` texts from before `beforeMs`; returns how many. */
export async function expireTexts(db: Db, beforeMs: number, limit: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from telemetry_texts where (series, at_ms) in (
      select series, at_ms from telemetry_texts where at_ms < ${beforeMs} limit ${limit}
    )`)
  return rowCount ?? 0
}
