import type { Db } from '@fettle/db/client'
import { telemetryChunks } from '@fettle/db/schema/telemetry'
import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { BucketGrid } from '../bucket-grid.ts'
import type { RawReadings, Span } from '../store.ts'
import { numbers } from './array-literal.ts'
import { hourMs, type ChunkSummary } from './chunks.ts'
import type { ChunkHeader, HistoryPlan } from './history-plan.ts'

/** What falls into one bucket of a grid. */
export interface BucketPart extends ChunkSummary {
  readonly bucket: number
}

/** The chunks that touch a span, in order of their beginning. No chunk leaves its hour, so the primary key finds them. */
export async function chunkHeaders(db: Db, series: number, { fromMs, toMs }: Span): Promise<ChunkHeader[]> {
  const chunk = telemetryChunks
  return db
    .select({
      firstMs: chunk.firstMs,
      lastMs: chunk.lastMs,
      position: chunk.position,
      readings: chunk.readings,
      hasMinutes: sql<boolean>`${chunk.minutes} is not null`,
      count: chunk.count,
      minimum: chunk.minimum,
      maximum: chunk.maximum,
      total: chunk.total,
      worstQuality: chunk.worstQuality,
    })
    .from(chunk)
    .where(
      and(
        eq(chunk.series, series),
        gte(chunk.firstMs, Math.floor(fromMs / hourMs) * hourMs),
        lt(chunk.firstMs, toMs),
        gte(chunk.lastMs, fromMs),
      ),
    )
    .orderBy(chunk.firstMs, chunk.position)
}

/** At most `limit` readings of the span, the first ones. */
export async function rawReadings(db: Db, series: number, { fromMs, toMs }: Span, limit: number): Promise<RawReadings> {
  const { rows } = await db.execute<{ [K in keyof RawReadings]: RawReadings[K] | null }>(sql`
    select array_agg(at_ms order by at_ms) as times, array_agg(value order by at_ms) as values,
           array_agg(quality order by at_ms) as qualities
    from (
      select distinct on (reading.at_ms) reading.*
      from telemetry_chunks chunk, unnest(chunk.times, chunk.values, chunk.qualities) as reading (at_ms, value, quality)
      where chunk.series = ${series}
        and chunk.first_ms >= ${Math.floor(fromMs / hourMs) * hourMs} and chunk.first_ms < ${toMs}
        and chunk.last_ms >= ${fromMs}
        and reading.at_ms >= ${fromMs} and reading.at_ms < ${toMs}
      order by reading.at_ms, chunk.position desc
      limit ${limit}
    ) as readings`)
  const { times, values, qualities } = rows[0] ?? {}
  return { times: times ?? [], values: values ?? [], qualities: qualities ?? [] }
}

/** Opens the chunks that a plan wants opened and sums them up by bucket, in PostgreSQL, so that a long span moves few bytes. */
export async function openedParts(
  db: Db,
  series: number,
  { fromMs, toMs }: Span,
  { startMs, bucketMs }: BucketGrid,
  plan: HistoryPlan,
): Promise<BucketPart[]> {
  const { byMinute, alone, overlapping } = plan
  if (byMinute.length + alone.length + overlapping.length === 0) return []
  const bucketOf = (atMs: SQL) => sql`((${atMs} - ${startMs}::bigint) / ${bucketMs}::bigint)::int`
  const { rows } = await db.execute<BucketPart & Record<string, unknown>>(sql`
    with readings as (
      select reading.*
      from (${chosen(series, alone)}) chunk, unnest(chunk.times, chunk.values, chunk.qualities) as reading (at_ms, value, quality)
      union all
      (
        select distinct on (reading.at_ms) reading.*
        from (${chosen(series, overlapping)}) chunk,
             unnest(chunk.times, chunk.values, chunk.qualities) as reading (at_ms, value, quality)
        order by reading.at_ms, chunk.position desc
      )
    )
    select ${bucketOf(sql`at_ms`)} as bucket,
           (count(value) filter (where quality < 2))::int as count,
           min(value) filter (where quality < 2) as minimum,
           max(value) filter (where quality < 2) as maximum,
           coalesce(sum(value) filter (where quality < 2), 0) as total,
           max(quality) as "worstQuality"
    from readings where at_ms >= ${fromMs} and at_ms < ${toMs}
    group by bucket
    union all
    select ${bucketOf(sql`chunk.first_ms / ${hourMs} * ${hourMs}::bigint + minute.of_hour * 60000`)} as bucket,
           sum(minute.count)::int, min(minute.minimum), max(minute.maximum), sum(minute.total), max(minute.quality)
    from (${chosen(series, byMinute)}) chunk,
         unnest(chunk.minutes, chunk.minute_counts, chunk.minute_minima, chunk.minute_maxima, chunk.minute_totals,
                chunk.minute_qualities) as minute (of_hour, count, minimum, maximum, total, quality)
    group by bucket`)
  return rows
}

function chosen(series: number, chunks: readonly ChunkHeader[]): SQL {
  return sql`
    select chunk.*
    from unnest(
      ${numbers(chunks.map(({ firstMs }) => firstMs))}::bigint[], ${numbers(chunks.map(({ position }) => position))}::bigint[]
    ) as wanted (first_ms, position)
    join telemetry_chunks chunk
      on chunk.series = ${series} and chunk.first_ms = wanted.first_ms and chunk.position = wanted.position`
}
