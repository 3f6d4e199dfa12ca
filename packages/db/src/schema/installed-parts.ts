import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { assets } from './assets.ts'
import { id, instant } from './columns.ts'
import { tickets } from './tickets.ts'

/** Parts with a place in the machine: serials on and off (AST-2). */
export const installedParts = pgTable(
  'installed_parts',
  {
    id: id(),
    assetId: uuid('asset_id')
      .notNull()
      .references(() => assets.id),
    partCode: text('part_code').notNull(),
    serial: text(),
    installedAt: instant('installed_at'),
    removedAt: instant('removed_at'),
    ticketId: uuid('ticket_id').references(() => tickets.id),
  },
  (table) => [index().on(table.assetId)],
)
