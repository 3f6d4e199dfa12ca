import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Role } from '../wire.ts'
import { id, instant } from './columns.ts'
import { branches, customers, engineers } from './organisation.ts'

export const users = pgTable('users', {
  id: id(),
  username: text().notNull().unique(),
  name: text().notNull(),
  /** argon2id, PHC string. */
  passwordHash: text('password_hash').notNull(),
  role: text().$type<Role>().notNull(),
  /** What the role's scope is measured by; null where it has none. */
  engineerId: uuid('engineer_id').references(() => engineers.id),
  customerId: uuid('customer_id').references(() => customers.id),
  branchId: uuid('branch_id').references(() => branches.id),
  /** Prefix of 省市区 codes that a region-scoped role sees: "37" is all of Shandong; '' is everywhere. */
  regionPrefix: text('region_prefix').notNull().default(''),
  disabledAt: instant('disabled_at'),
})

/** Opaque sessions: only the SHA-256 of the token is kept. */
export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index().on(table.expiresAt)],
)

/** Append-only; a trigger refuses update and delete, and `hash` chains each row to the one before. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    actor: text().notNull(),
    role: text().notNull(),
    operation: text().notNull(),
    entity: text(),
    entityId: text('entity_id'),
    outcome: integer().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    address: text(),
    requestId: text('request_id').notNull(),
    hash: text().notNull(),
  },
  (table) => [index().on(table.entityId)],
)

/** A write that was already answered: the same key answers the same again. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** user id and key, so that keys of different people never meet. */
    key: text().primaryKey(),
    operation: text().notNull(),
    requestHash: text('request_hash').notNull(),
    /** Null only while the first call is still running, in its transaction. */
    reply: jsonb().$type<unknown>(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.createdAt)],
)
