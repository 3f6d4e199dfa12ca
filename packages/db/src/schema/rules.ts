import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AlarmLevel, ThresholdDefinition } from '../wire.ts'
import { assets, failureModes, models, signals } from './assets.ts'
import { epochMs, id, instant } from './columns.ts'
import { tickets } from './tickets.ts'

/** What to watch: on every asset of a model, or on one asset, which then goes before its model’s rule of the same key. */
export const rules = pgTable(
  'rules',
  {
    id: id(),
    key: text().notNull(),
    modelId: uuid('model_id').references(() => models.id),
    assetId: uuid('asset_id').references(() => assets.id),
    failureModeId: uuid('failure_mode_id')
      .notNull()
      .references(() => failureModes.id),
    version: integer().notNull(),
    enabled: boolean().notNull().default(true),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [uniqueIndex().on(table.key, table.modelId), uniqueIndex().on(table.key, table.assetId)],
)

/** Every version that ever ran; evidence points at them. */
export const ruleVersions = pgTable(
  'rule_versions',
  {
    ruleId: uuid('rule_id')
      .notNull()
      .references(() => rules.id),
    version: integer().notNull(),
    definition: jsonb().$type<ThresholdDefinition>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ruleId, table.version] })],
)

/** The engine’s memory together with how far it had read: restoring both loses and repeats nothing. */
export const ruleSnapshots = pgTable('rule_snapshots', {
  partition: integer().primaryKey(),
  position: bigint({ mode: 'number' }).notNull(),
  state: jsonb().$type<unknown>().notNull(),
  savedAt: instant('saved_at').notNull(),
})

/** One continuous occurrence of a rule on an asset. The unique index makes re-evaluation after a crash harmless. */
export const alarmEpisodes = pgTable(
  'alarm_episodes',
  {
    id: id(),
    ruleId: uuid('rule_id')
      .notNull()
      .references(() => rules.id),
    ruleVersion: integer('rule_version').notNull(),
    assetId: uuid('asset_id')
      .notNull()
      .references(() => assets.id),
    signalId: uuid('signal_id')
      .notNull()
      .references(() => signals.id),
    failureModeId: uuid('failure_mode_id')
      .notNull()
      .references(() => failureModes.id),
    /** Event times. */
    raisedMs: epochMs('raised_ms').notNull(),
    clearedMs: epochMs('cleared_ms'),
    level: text().$type<AlarmLevel>().notNull(),
    peakLevel: text('peak_level').$type<AlarmLevel>().notNull(),
    limit: doublePrecision().notNull(),
    /** The limit of the worst level reached. */
    peakLimit: doublePrecision('peak_limit').notNull(),
    value: doublePrecision().notNull(),
    peakValue: doublePrecision('peak_value').notNull(),
    late: boolean().notNull(),
    ticketId: uuid('ticket_id').references(() => tickets.id),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    uniqueIndex('alarm_episode_once').on(table.ruleId, table.assetId, table.raisedMs),
    index('alarm_episode_active')
      .on(table.assetId)
      .where(sql`cleared_ms is null`),
    index().on(table.raisedMs),
  ],
)

/** Each change of level within an episode, and its end. */
export const alarmChanges = pgTable(
  'alarm_changes',
  {
    id: id(),
    alarmId: uuid('alarm_id')
      .notNull()
      .references(() => alarmEpisodes.id),
    atMs: epochMs('at_ms').notNull(),
    /** Null: cleared. */
    level: text().$type<AlarmLevel>(),
    value: doublePrecision().notNull(),
  },
  (table) => [uniqueIndex('alarm_change_once').on(table.alarmId, table.atMs)],
)
