import { bigint, boolean, index, integer, jsonb, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Text } from '../wire.ts'
import { cents, id, instant } from './columns.ts'
import { branches, engineers } from './organisation.ts'
import { tickets } from './tickets.ts'

export const quantity = (name: string) => numeric(name, { precision: 16, scale: 4 })

export const parts = pgTable('parts', {
  id: id(),
  code: text().notNull().unique(),
  name: jsonb().$type<Text>().notNull(),
  modelFamily: text('model_family').notNull(),
  unit: text().notNull(),
  /** Without tax. */
  costCents: cents('cost_cents').notNull(),
  /** With tax. */
  priceCents: cents('price_cents').notNull(),
  leadDays: integer('lead_days').notNull(),
  serialised: boolean().notNull(),
  returnOld: boolean('return_old').notNull(),
})

export const stockLocations = pgTable('stock_locations', {
  id: id(),
  key: text().notNull().unique(),
  name: text().notNull(),
  kind: text().$type<'centre' | 'branch' | 'van' | 'defective' | 'in-transit'>().notNull(),
  engineerId: uuid('engineer_id').references(() => engineers.id),
  branchId: uuid('branch_id').references(() => branches.id),
})

/** The ledger: append-only (a trigger refuses update and delete). Quantity is positive; from and to say the direction. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    id: id(),
    /** Order of writing. */
    sequence: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull().unique(),
    kind: text().$type<'receipt' | 'transfer' | 'consume' | 'return' | 'adjust'>().notNull(),
    partId: uuid('part_id')
      .notNull()
      .references(() => parts.id),
    quantity: quantity('quantity').notNull(),
    fromLocationId: uuid('from_location_id').references(() => stockLocations.id),
    toLocationId: uuid('to_location_id').references(() => stockLocations.id),
    serial: text(),
    removedSerial: text('removed_serial'),
    unitCostCents: cents('unit_cost_cents').notNull(),
    ticketId: uuid('ticket_id').references(() => tickets.id),
    at: instant('at').notNull(),
    by: text().notNull(),
  },
  (table) => [index().on(table.partId), index().on(table.ticketId)],
)

/** What the ledger adds up to, kept in the same transaction; never below zero. */
export const stockBalances = pgTable(
  'stock_balances',
  {
    partId: uuid('part_id')
      .notNull()
      .references(() => parts.id),
    locationId: uuid('location_id')
      .notNull()
      .references(() => stockLocations.id),
    quantity: quantity('quantity').notNull(),
  },
  (table) => [primaryKey({ columns: [table.partId, table.locationId] })],
)

/** Where each serial number lies; null once built in. */
export const partSerials = pgTable(
  'part_serials',
  {
    partId: uuid('part_id')
      .notNull()
      .references(() => parts.id),
    serial: text().notNull(),
    locationId: uuid('location_id').references(() => stockLocations.id),
    batch: text(),
  },
  (table) => [primaryKey({ columns: [table.partId, table.serial] }), index().on(table.locationId)],
)
