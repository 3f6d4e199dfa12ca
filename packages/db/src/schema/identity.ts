import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Role, ViewContent, ViewedList } from '../wire.ts'
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

/** Failed sign-ins in a row, by the name that was typed: whether it is anybody's is not told by it. */
export const signInFailures = pgTable('sign_in_failures', {
  username: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: instant('last_at').notNull(),
  /** No sign-in under this name before. */
  lockedUntil: instant('locked_until'),
})

/** What a person has saved of a list: its filters and order, and which columns it shows. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    list: text().$type<ViewedList>().notNull(),
    name: text().notNull(),
    content: jsonb().$type<ViewContent>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('one_view_of_a_name').on(table.userId, table.list, table.name)],
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
