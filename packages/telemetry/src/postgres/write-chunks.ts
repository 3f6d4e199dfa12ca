import type { Tx } from '@fettle/db/client'
import { sql } from 'drizzle-orm'
import { numbers, rowsOfNumbers } from './array-literal.ts'
import { summaryOf, type Chunk } from './chunks.ts'

/**
 * Two chunks of one series that end with the same entry hold each other's readings, as they were gathered from entries in order:
 * the one with more readings is the whole.
 */
export async function insertChunks(tx: Tx, chunks: readonly Chunk[]): Promise<void> {
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
