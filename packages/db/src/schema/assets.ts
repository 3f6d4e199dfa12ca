import { sql } from 'drizzle-orm'
import { check, date, index, integer, jsonb, numeric, pgTable, real, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { FailureMode, Limits, SignalKind, SignaturePart, Text } from '../wire.ts'
import { epochMs, id, instant } from './columns.ts'
import { customers, sites } from './organisation.ts'

/** What a model measures, as its assets' signals are made from. */
export interface ModelSignal {
  readonly key: string
  readonly name: Text
  /** Default: number. */
  readonly kind?: SignalKind
  readonly unit: string
  readonly decimals: number
  readonly limits: Limits
  readonly normal: readonly [number, number] | null
  /** Shown in lists, in this order; null is shown in the file only. */
  readonly headline: number | null
}

export const models = pgTable('models', {
  id: id(),
  key: text().notNull().unique(),
  /** The letters that skills, parts and failure modes use: AC, P, IM, VMC, CH. */
  family: text().notNull(),
  name: jsonb().$type<Text>().notNull(),
  manufacturer: text().notNull(),
  specification: jsonb().$type<{ label: Text; value: string }[]>().notNull(),
  signals: jsonb().$type<ModelSignal[]>().notNull(),
  /** Which signal tells whether it runs. */
  runStateSignal: text('run_state_signal').notNull(),
  /** The run states in which it works, so that its rules hold: 1 idle counts for a compressor, which turns unloaded then. */
  runningStates: integer('running_states')
    .array()
    .notNull()
    .default(sql`'{1,2}'`),
})

export const assets = pgTable(
  'assets',
  {
    id: id(),
    version: integer().notNull().default(1),
    /** The device key of the uplink; never changes. */
    key: text().notNull().unique(),
    serial: text().notNull(),
    name: text().notNull(),
    modelId: uuid('model_id')
      .notNull()
      .references(() => models.id),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    siteId: uuid('site_id')
      .notNull()
      .references(() => sites.id),
    mode: text().$type<'normal' | 'maintenance'>().notNull().default('normal'),
    modeSince: instant('mode_since').notNull().defaultNow(),
    installedOn: date('installed_on'),
    warrantyUntil: date('warranty_until'),
    specification: jsonb().$type<{ label: Text; value: string }[]>().notNull().default([]),
  },
  (table) => [index().on(table.customerId), index().on(table.siteId)],
)

/** Spans of event time in which a machine's readings raise nothing. */
export const maintenanceWindows = pgTable(
  'maintenance_windows',
  {
    id: id(),
    assetId: uuid('asset_id')
      .notNull()
      .references(() => assets.id),
    fromMs: epochMs('from_ms').notNull(),
    toMs: epochMs('to_ms').notNull(),
    reason: text().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    cancelledAt: instant('cancelled_at'),
  },
  (table) => [
    index().on(table.assetId, table.toMs),
    check('maintenance_windows_rise', sql`${table.toMs} > ${table.fromMs}`),
  ],
)

export const signals = pgTable(
  'signals',
  {
    id: id(),
    /** A short number for the telemetry log and its chunks; never reused. */
    series: integer().generatedAlwaysAsIdentity().notNull().unique(),
    assetId: uuid('asset_id')
      .notNull()
      .references(() => assets.id),
    key: text().notNull(),
    name: jsonb().$type<Text>().notNull(),
    /** What ingest takes for it. Set it before the first reading: of a history of two kinds only the present one is shown. */
    kind: text().$type<SignalKind>().notNull().default('number'),
    unit: text().notNull(),
    decimals: integer().notNull(),
    limits: jsonb().$type<Limits>().notNull(),
    normal: jsonb().$type<readonly [number, number] | null>(),
    headline: integer(),
  },
  (table) => [unique().on(table.assetId, table.key)],
)

/** Which driver address feeds which signal. */
export const bindings = pgTable('bindings', {
  id: id(),
  signalId: uuid('signal_id')
    .notNull()
    .references(() => signals.id),
  gatewayKey: text('gateway_key'),
  driver: text().notNull(),
  address: text().notNull(),
})

export const failureModes = pgTable(
  'failure_modes',
  {
    id: id(),
    key: text().notNull().unique(),
    modelId: uuid('model_id')
      .notNull()
      .references(() => models.id),
    name: jsonb().$type<Text>().notNull(),
    onSignals: jsonb('on_signals').$type<Text>().notNull(),
    causes: jsonb().$type<Text>().notNull(),
    fix: jsonb().$type<Text>().notNull(),
    signature: jsonb().$type<SignaturePart[]>().notNull(),
    prior: real().notNull(),
    parts: jsonb().$type<FailureMode['parts']>().notNull(),
    standardHours: numeric('standard_hours', { precision: 8, scale: 2 }).notNull(),
    persons: integer().notNull(),
    /** Certificates without which nobody may do it. */
    certificates: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Skill level in the model’s family that it needs. */
    skillLevel: integer('skill_level').notNull(),
  },
  (table) => [index().on(table.modelId)],
)
