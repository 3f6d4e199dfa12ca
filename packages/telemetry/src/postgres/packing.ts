import type { Db } from '@fettle/db/client'
import { sql } from 'drizzle-orm'
import { numbers } from './array-literal.ts'
import { hourMs } from './chunks.ts'

interface SeriesHour extends Record<string, unknown> {
  series: number
  hourMs: number
}

/** Above this many readings an hour is worth having its minutes summed up: two a minute. */
const worthMinutes = 120

/**
 * Packs up to `limit` hours of a series that ended before `closedBeforeMs` and have rows which are not packed: the hour's rows
 * become one, with one reading for each time. Returns how many hours it packed. Late readings come as further rows and make their
 * hour due again; rows that the store writes at this moment are left for the next time. One transaction, so a crash leaves an hour as it was.
 */
export async function packHours(db: Db, closedBeforeMs: number, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const before = Math.floor(closedBeforeMs / hourMs) * hourMs
    const { rows: due } = await tx.execute<SeriesHour>(sql`
      select distinct series, first_ms - first_ms % ${hourMs}::bigint as "hourMs"
      from telemetry_chunks where not packed and first_ms < ${before} limit ${limit}`)
    if (due.length === 0) return 0
    await tx.execute(sql`
      with due as (
        select series, hour_ms from unnest(
          ${numbers(due.map(({ series }) => series))}::int[], ${numbers(due.map((hour) => hour.hourMs))}::bigint[]
        ) as hours (series, hour_ms)
      ), gone as (
        delete from telemetry_chunks chunk using due
        where chunk.series = due.series and chunk.first_ms >= due.hour_ms and chunk.first_ms < due.hour_ms + ${hourMs}
        returning due.hour_ms, chunk.*
      ), readings as (
        select distinct on (gone.series, reading.at_ms)
               gone.series, gone.hour_ms, reading.at_ms, reading.value, reading.quality,
               case when reading.quality < 2 then reading.value end as counted
        from gone, unnest(gone.times, gone.values, gone.qualities) as reading (at_ms, value, quality)
        order by gone.series, reading.at_ms, gone.position desc
      ), hours as (
        select series, hour_ms, min(at_ms) as first_ms, max(at_ms) as last_ms, count(*)::int as readings,
               count(counted)::int as count, min(counted) as minimum, max(counted) as maximum,
               coalesce(sum(counted), 0) as total, max(quality) as worst_quality,
               array_agg(at_ms order by at_ms) as times, array_agg(value order by at_ms) as "values",
               array_agg(quality order by at_ms) as qualities
        from readings group by series, hour_ms
      ), each_minute as (
        select series, hour_ms, ((at_ms - hour_ms) / 60000)::smallint as of_hour, count(counted)::int as count,
               min(counted) as minimum, max(counted) as maximum, coalesce(sum(counted), 0) as total, max(quality) as quality
        from readings group by series, hour_ms, of_hour
      ), minutes as (
        select series, hour_ms, array_agg(of_hour order by of_hour) as minutes,
               array_agg(count order by of_hour) as minute_counts,
               array_agg(minimum order by of_hour) as minute_minima, array_agg(maximum order by of_hour) as minute_maxima,
               array_agg(total order by of_hour) as minute_totals, array_agg(quality order by of_hour) as minute_qualities
        from each_minute group by series, hour_ms
        having sum(count) > ${worthMinutes}
      )
      insert into telemetry_chunks (
        series, first_ms, last_ms, position, readings, count, minimum, maximum, total, worst_quality, times, "values",
        qualities, packed, minutes, minute_counts, minute_minima, minute_maxima, minute_totals, minute_qualities
      )
      select series, first_ms, last_ms, newest.position, readings, count, minimum, maximum, total, worst_quality, times,
             "values", qualities, true, minutes, minute_counts, minute_minima, minute_maxima, minute_totals,
             minute_qualities
      from hours
      join (select series, hour_ms, max(position) as position from gone group by series, hour_ms) newest
        using (series, hour_ms)
      left join minutes using (series, hour_ms)`)
    return due.length
  })
}

/** Deletes up to `limit` rows that ended before `beforeMs`; returns how many. */
export async function expireChunks(db: Db, beforeMs: number, limit: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from telemetry_chunks where ctid = any(array(
      select ctid from telemetry_chunks where first_ms < ${beforeMs} and last_ms < ${beforeMs} limit ${limit}
    ))`)
  return rowCount ?? 0
}
