import { boolean, date, index, integer, jsonb, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { MoneyKind, Payer, Text } from '../wire.ts'
import { cents, id, instant } from './columns.ts'
import { quantity, stockMovements } from './parts.ts'
import { tickets, visits } from './tickets.ts'

/** Every cost, revenue and claim of a ticket; lines are added and reversed, never changed. */
export const moneyLines = pgTable(
  'money_lines',
  {
    id: id(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id),
    side: text().$type<'cost' | 'revenue' | 'claim'>().notNull(),
    kind: text().$type<MoneyKind>().notNull(),
    description: jsonb().$type<Text>().notNull(),
    quantity: quantity('quantity').notNull(),
    unit: text().notNull(),
    unitPriceCents: cents('unit_price_cents').notNull(),
    amountCents: cents('amount_cents').notNull(),
    netCents: cents('net_cents').notNull(),
    currency: text().$type<'CNY'>().notNull(),
    taxRate: numeric('tax_rate', { precision: 6, scale: 4 }).notNull(),
    taxIncluded: boolean('tax_included').notNull(),
    payer: text().$type<Payer>().notNull(),
    movementId: uuid('movement_id').references(() => stockMovements.id),
    /** The visit whose hours or kilometres these are. */
    visitId: uuid('visit_id').references(() => visits.id),
    /** The line that this one takes back; each at most once. */
    reversesId: uuid('reverses_id').unique(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [index().on(table.ticketId)],
)

/** Tax rates are dated data: the one in force on the day of the line counts. */
export const taxRates = pgTable(
  'tax_rates',
  {
    key: text().notNull(),
    validFrom: date('valid_from').notNull(),
    rate: numeric({ precision: 6, scale: 4 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.validFrom] })],
)

/** What an hour of an engineer of this level costs us, and what it is charged at with tax (CST-5). */
export const labourRates = pgTable('labour_rates', {
  level: integer().primaryKey(),
  costCents: cents('cost_cents').notNull(),
  priceCents: cents('price_cents').notNull(),
})

/** 收费标准: what travel and services cost and are charged at. */
export const serviceItems = pgTable('service_items', {
  key: text().primaryKey(),
  name: jsonb().$type<Text>().notNull(),
  unit: text().notNull(),
  costCents: cents('cost_cents').notNull(),
  priceCents: cents('price_cents').notNull(),
  taxKey: text('tax_key').notNull(),
})
