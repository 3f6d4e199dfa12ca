import type { Tx } from '@fettle/db/client'
import { sql } from 'drizzle-orm'
import { numbers } from './array-literal.ts'
import type { TextReading } from './texts.ts'

/** `readings` have one for each series and time. */
export async function upsertTexts(tx: Tx, readings: readonly TextReading[]): Promise<void> {
  await tx.execute(sql`
    insert into telemetry_texts as stored (series, at_ms, "text", quality, position)
    select series, at_ms, "text", quality, position
    from unnest(
      ${numbers(readings.map(({ series }) => series))}::int[],
      ${numbers(readings.map(({ atMs }) => atMs))}::bigint[],
      ${sql.param(readings.map(({ text }) => text))}::text[],
      ${numbers(readings.map(({ quality }) => quality))}::smallint[],
      ${numbers(readings.map(({ position }) => position))}::bigint[]
    ) as reading (series, at_ms, "text", quality, position)
    on conflict (series, at_ms) do update set
      "text" = excluded."text", quality = excluded.quality, position = excluded.position
    where excluded.position >= stored.position`)
}
