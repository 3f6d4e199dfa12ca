import { bigint, doublePrecision, integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import { epochMs } from './columns.ts'

/**
 * One row per signal and flush, columns as arrays, summed up so that long spans need not open them; closed hours are
 * packed into one row. Rows of one series may overlap in time: where two readings share a time, the higher `position` wins.
 */
export const telemetryChunks = pgTable(
  'telemetry_chunks',
  {
    series: integer().notNull(),
    firstMs: epochMs('first_ms').notNull(),
    lastMs: epochMs('last_ms').notNull(),
    /** Log position of the newest entry in it. */
    position: bigint({ mode: 'number' }).notNull(),
    /** How many readings it has, and over the numeric ones: how many, least, greatest and sum. */
    readings: integer().notNull(),
    count: integer().notNull(),
    minimum: doublePrecision(),
    maximum: doublePrecision(),
    total: doublePrecision().notNull(),
    worstQuality: smallint('worst_quality').notNull(),
    times: bigint({ mode: 'number' }).array().notNull(),
    /** Null in it where a bad reading carried no value. */
    values: doublePrecision().array().notNull(),
    qualities: smallint().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.firstMs, table.position] })],
)

export const telemetryLatest = pgTable('telemetry_latest', {
  series: integer().primaryKey(),
  atMs: epochMs('at_ms').notNull(),
  value: doublePrecision(),
  quality: smallint().notNull(),
  position: bigint({ mode: 'number' }).notNull(),
})
