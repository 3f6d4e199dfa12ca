import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import { epochMs } from './columns.ts'

/**
 * One row per signal and flush, columns as arrays, summed up so that long spans need not open them; a row never reaches over the
 * turn of an hour, and closed hours are packed into one row. Rows of one series may overlap in time: where two readings share a
 * time, the higher `position` wins.
 */
export const telemetryChunks = pgTable(
  'telemetry_chunks',
  {
    series: integer().notNull(),
    firstMs: epochMs('first_ms').notNull(),
    lastMs: epochMs('last_ms').notNull(),
    /** Log position of the newest entry in it. */
    position: bigint({ mode: 'number' }).notNull(),
    /** How many readings it has, and over those that are not bad: how many, least, greatest and sum. */
    readings: integer().notNull(),
    count: integer().notNull(),
    minimum: doublePrecision(),
    maximum: doublePrecision(),
    total: doublePrecision().notNull(),
    worstQuality: smallint('worst_quality').notNull(),
    /** Ascending. */
    times: bigint({ mode: 'number' }).array().notNull(),
    /** Null in it where a bad reading carried no value. */
    values: doublePrecision().array().notNull(),
    qualities: smallint().array().notNull(),
    /** This row is the whole hour, unless late readings came since. */
    packed: boolean().notNull().default(false),
    /** In a packed row of many readings the same sums for each minute that has any; `minutes` are those of the hour, 0 to 59. */
    minutes: smallint().array(),
    minuteCounts: integer('minute_counts').array(),
    minuteMinima: doublePrecision('minute_minima').array(),
    minuteMaxima: doublePrecision('minute_maxima').array(),
    minuteTotals: doublePrecision('minute_totals').array(),
    minuteQualities: smallint('minute_qualities').array(),
  },
  (table) => [
    primaryKey({ columns: [table.series, table.firstMs, table.position] }),
    index('telemetry_chunks_to_pack')
      .on(table.firstMs, table.series)
      .where(sql`not packed`),
  ],
)

/** Readings of text signals: there are few of them, so each is a row. Of two at one time the higher `position` is kept. */
export const telemetryTexts = pgTable(
  'telemetry_texts',
  {
    series: integer().notNull(),
    atMs: epochMs('at_ms').notNull(),
    /** Null where a bad reading carried none. */
    text: text(),
    quality: smallint().notNull(),
    position: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.atMs] }), index().on(table.atMs)],
)

export const telemetryLatest = pgTable('telemetry_latest', {
  series: integer().primaryKey(),
  atMs: epochMs('at_ms').notNull(),
  value: doublePrecision(),
  /** Of text signals, whose `value` is null. */
  text: text(),
  quality: smallint().notNull(),
  position: bigint({ mode: 'number' }).notNull(),
  /** Number of the transaction that wrote it, by which a reader finds what changed since it last looked. */
  revision: bigint({ mode: 'number' }).notNull(),
})
