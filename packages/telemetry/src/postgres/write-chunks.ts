import type { Tx } from '@fettle/db/client'
import { sql } from 'drizzle-orm'
import type { PositionedEntry } from '../store.ts'
import { numbers, rowsOfNumbers } from './array-literal.ts'
import { chunksOf, newestOf, summaryOf, type Chunk, type Newest } from './chunks.ts'

/** Two statements, however many entries. */
export async function writeEntries(tx: Tx, entries: readonly PositionedEntry[]): Promise<void> {
  const chunks = chunksOf(entries)
  if (chunks.length === 0) return
  await insertChunks(tx, chunks)
  await upsertLatest(tx, newestOf(chunks))
}

/**
 * Two chunks of one series that end with the same entry hold each other's readings, as they were gathered from entries in order:
 * the one with more readings is the whole.
 */
async function insertChunks(tx: Tx, chunks: readonly Chunk[]): Promise<void> {
  const summaries = chunks.map(summaryOf)
  await tx.execute(sql`
    insert into telemetry_chunks (
      series, first_ms, last_ms, position, readings,
      count, minimum, maximum, total, worst_quality, times, "values", qualities
    )
    select series, first_ms, last_ms, position, readings, count, minimum, maximum, total, worst_quality,
           times::bigint[], "values"::float8[], qualities::smallint[]
    from unnest(
      ${numbers(chunks.map((chunk) => chunk.series))}::int[],
      ${numbers(chunks.map((chunk) => chunk.times[0] ?? NaN))}::bigint[],
      ${numbers(chunks.map((chunk) => chunk.times.at(-1) ?? NaN))}::bigint[],
      ${numbers(chunks.map((chunk) => chunk.position))}::bigint[],
      ${numbers(chunks.map((chunk) => chunk.times.length))}::int[],
      ${numbers(summaries.map((summary) => summary.count))}::int[],
      ${numbers(summaries.map((summary) => summary.minimum))}::float8[],
      ${numbers(summaries.map((summary) => summary.maximum))}::float8[],
      ${numbers(summaries.map((summary) => summary.total))}::float8[],
      ${numbers(summaries.map((summary) => summary.worstQuality))}::smallint[],
      ${rowsOfNumbers(chunks.map((chunk) => chunk.times))}::text[],
      ${rowsOfNumbers(chunks.map((chunk) => chunk.values))}::text[],
      ${rowsOfNumbers(chunks.map((chunk) => chunk.qualities))}::text[]
    ) as chunk (
      series, first_ms, last_ms, position, readings,
      count, minimum, maximum, total, worst_quality, times, "values", qualities
    )
    on conflict (series, first_ms, position) do update set
      last_ms = excluded.last_ms, readings = excluded.readings, count = excluded.count,
      minimum = excluded.minimum, maximum = excluded.maximum, total = excluded.total,
      worst_quality = excluded.worst_quality, times = excluded.times, "values" = excluded."values",
      qualities = excluded.qualities
    where excluded.readings > telemetry_chunks.readings`)
}

async function upsertLatest(tx: Tx, newest: readonly Newest[]): Promise<void> {
  await tx.execute(sql`
    insert into telemetry_latest as latest (series, at_ms, value, quality, position, revision)
    select series, at_ms, value, quality, position, pg_current_xact_id()::text::bigint
    from unnest(
      ${numbers(newest.map((reading) => reading.series))}::int[],
      ${numbers(newest.map((reading) => reading.atMs))}::bigint[],
      ${numbers(newest.map((reading) => reading.value))}::float8[],
      ${numbers(newest.map((reading) => reading.quality))}::smallint[],
      ${numbers(newest.map((reading) => reading.position))}::bigint[]
    ) as newest (series, at_ms, value, quality, position)
    on conflict (series) do update set
      at_ms = excluded.at_ms, value = excluded.value, quality = excluded.quality,
      position = excluded.position, revision = excluded.revision
    where (excluded.at_ms, excluded.position) > (latest.at_ms, latest.position)`)
}
