import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { UplinkRejection } from '../wire.ts'
import { assets } from './assets.ts'
import { id, instant } from './columns.ts'
import { sites } from './organisation.ts'

export const gateways = pgTable('gateways', {
  id: id(),
  key: text().notNull().unique(),
  siteId: uuid('site_id')
    .notNull()
    .references(() => sites.id),
  lastSeenAt: instant('last_seen_at'),
  /** What it last said of itself. */
  status: jsonb().$type<unknown>(),
})

/** One row per MQTT identity; only the SHA-256 of the generated secret is kept. */
export const deviceCredentials = pgTable('device_credentials', {
  /** The device key or gateway key. */
  username: text().primaryKey(),
  kind: text().$type<'device' | 'gateway'>().notNull(),
  assetId: uuid('asset_id').references(() => assets.id),
  gatewayId: uuid('gateway_id').references(() => gateways.id),
  secretHash: text('secret_hash').notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
})

/** Messages and readings that could not be taken, with the reason: one row for each message and code. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    receivedAt: instant('received_at').notNull(),
    source: text().notNull(),
    topic: text().notNull(),
    code: text().$type<UplinkRejection>().notNull(),
    detail: text().notNull(),
    /** Of a refused message the first 64 KiB as they came, base64 where not UTF-8; of refused readings these alone, in full. */
    payload: text().notNull(),
    readings: integer().notNull(),
    /** Somebody asked to try again; ingest does so and then sets `replayedAt`. */
    replayRequestedAt: instant('replay_requested_at'),
    replayedAt: instant('replayed_at'),
  },
  (table) => [
    index('dead_letters_to_replay')
      .on(table.id)
      .where(sql`replay_requested_at is not null and replayed_at is null`),
    index().on(table.receivedAt),
  ],
)

/** How far each consumer of the partitioned log has come; written in the transaction of its effect. */
export const consumerPositions = pgTable(
  'consumer_positions',
  {
    consumer: text().notNull(),
    partition: integer().notNull(),
    position: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.consumer, table.partition] })],
)
