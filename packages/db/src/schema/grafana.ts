import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { customers } from './organisation.ts'
import { id, instant } from './columns.ts'

/**
 * Who looks at dashboards, and how much of the fleet they see: ourselves, a customer, or a maker. Each has a login role of its
 * own, by whose name the views of the schema `dashboards` filter, and, beside ourselves, a mirror database in InfluxDB that
 * holds nothing but its own readings. No password is kept: `fettle grafana` makes new ones whenever it needs them.
 */
export const grafanaOrganisations = pgTable(
  'grafana_organisations',
  {
    id: id(),
    /** As people read it in Grafana. */
    name: text().notNull().unique(),
    scope: text().$type<'all' | 'customer' | 'manufacturer'>().notNull(),
    customerId: uuid('customer_id').references(() => customers.id),
    manufacturer: text(),
    /** The login role in PostgreSQL and the user in InfluxDB. */
    role: text().notNull().unique(),
    /** InfluxDB database (1.x) or bucket (2.x) that the store writes its readings to as well. */
    mirror: text().unique(),
    /** Its number in Grafana, once it is there. */
    grafanaOrgId: integer('grafana_org_id'),
    /** Where its people reach Fettle; dashboards link there. */
    fettleUrl: text('fettle_url').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The history of signals up to this `series` is in the mirror; what came since the row is there comes by itself. */
    copiedSeries: integer('copied_series').notNull().default(0),
    copiedAt: instant('copied_at'),
    /** Since when the store cannot write to the mirror, and why; its history has a hole then, until it is copied again. */
    brokenSince: instant('broken_since'),
    brokenReason: text('broken_reason'),
  },
  ({ scope, customerId, manufacturer, mirror }) => [
    check(
      'grafana_organisation_scope',
      sql`case ${scope}
        when 'all' then num_nonnulls(${customerId}, ${manufacturer}, ${mirror}) = 0
        when 'customer' then ${customerId} is not null and ${manufacturer} is null
        when 'manufacturer' then ${manufacturer} is not null and ${customerId} is null
        else false end`,
    ),
  ],
)
