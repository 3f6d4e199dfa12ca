import type { Static } from 'typebox'
import type { Customer, listCustomers, ServiceContract, Site } from '@fettle/contracts/customers'
import type { DbOrTx } from '@fettle/db/client'
import { assets } from '@fettle/db/schema/assets'
import { customers, serviceContracts, sites } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { DomainError } from '@fettle/domain/domain-error'
import { type SQL, and, asc, eq, inArray, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { countRows } from '../lists/count.ts'
import { page, type RowsRead } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { maskPhone } from '../policy/mask.ts'
import { seesMoney, seesPhoneNumbers } from '../policy/permissions.ts'
import { onVisibleAsset, scopeOf, ticketScope } from '../policy/scope.ts'
import { isOpen } from '../tickets/ticket-rows.ts'

/** For queries that join sites and customers. */
const siteScope = (actor: Actor): SQL =>
  scopeOf(actor, { customerId: sites.customerId, regionCode: sites.regionCode, branchId: customers.branchId })

/** A customer is visible where one of its sites is. */
function customerScope(actor: Actor): SQL {
  return sql`exists (select 1 from ${sites} where ${sites.customerId} = ${customers.id} and ${siteScope(actor)})`
}

type Filters = Static<typeof listCustomers.schema.querystring>

export async function customerList(db: DbOrTx, actor: Actor, query: Filters) {
  const list = page({
    query,
    columns: { name: { column: customers.name, cast: 'text' }, key: { column: customers.key, cast: 'text' } },
    fallback: 'key',
    id: { column: customers.id, cast: 'uuid' },
  })
  const where = and(customerScope(actor), filtersOf(query), list.after)
  const { orderBy, fetch: limit, mark } = list
  const rows = await readCustomers(db, { where, orderBy, limit, mark })
  const cut = list.cut(rows)
  const found = cut.rows.map(({ customer }) => customer)
  return { items: await withDetails(db, actor, found), nextCursor: cut.nextCursor }
}

/** How many there are, counted up to `most`. */
export function customerCount(db: DbOrTx, actor: Actor, query: Filters, most: number): Promise<number> {
  const where = and(customerScope(actor), filtersOf(query))
  return countRows(db, readCustomers(db, { where, orderBy: sql`${customers.id}`, limit: most }))
}

function filtersOf({ q }: Filters) {
  return containing(q, [customers.name, customers.city])
}

function readCustomers(db: DbOrTx, { where, orderBy, limit, mark }: RowsRead) {
  return db
    .select({ customer: customers, mark: mark ?? sql<string>`''` })
    .from(customers)
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
}

export async function visibleCustomer(db: DbOrTx, actor: Actor, customerId: string): Promise<Customer> {
  const rows = await db
    .select()
    .from(customers)
    .where(and(customerScope(actor), eq(customers.id, customerId)))
  const [customer] = await withDetails(db, actor, rows)
  if (!customer) throw new DomainError('resource/not-found', 'there is no such customer', { customerId })
  return customer
}

/** With the sites that this actor may see, and what is counted there. */
async function withDetails(db: DbOrTx, actor: Actor, rows: (typeof customers.$inferSelect)[]): Promise<Customer[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const siteRows = await db
    .select({ site: sites })
    .from(sites)
    .innerJoin(customers, eq(customers.id, sites.customerId))
    .where(and(inArray(sites.customerId, ids), siteScope(actor)))
    .orderBy(asc(sites.name))
  const contractRows = await db
    .select()
    .from(serviceContracts)
    .where(inArray(serviceContracts.customerId, ids))
    .orderBy(asc(serviceContracts.startsOn))
  const visibleAssets = and(inArray(assets.customerId, ids), onVisibleAsset(actor, assets.id))
  const assetCounts = await countBy(db, assets, assets.customerId, visibleAssets)
  const openTickets = and(inArray(tickets.customerId, ids), ticketScope(actor), isOpen)
  const openCounts = await countBy(db, tickets, tickets.customerId, openTickets)
  return rows.map((customer) => ({
    ...customer,
    sites: siteRows.flatMap(({ site }) => (site.customerId === customer.id ? [presentSite(actor, site)] : [])),
    contracts: contractRows.flatMap((row) => (row.customerId === customer.id ? [presentContract(actor, row)] : [])),
    assetCount: assetCounts.get(customer.id) ?? 0,
    openTickets: openCounts.get(customer.id) ?? 0,
  }))
}

async function countBy(
  db: DbOrTx,
  table: typeof assets | typeof tickets,
  column: typeof assets.customerId | typeof tickets.customerId,
  where: SQL | undefined,
): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: sql<string>`${column}`, count: sql<number>`count(*)::int` })
    .from(table)
    .where(where)
    .groupBy(column)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

function presentContract(actor: Actor, contract: typeof serviceContracts.$inferSelect): ServiceContract {
  return { ...contract, annualFeeCents: seesMoney(actor.role) ? contract.annualFeeCents : null }
}

export function presentSite(actor: Actor, site: typeof sites.$inferSelect): Site {
  const { gate, stopWindow, safetyTraining, contactName, contactPhone, latitude, longitude, ...rest } = site
  return {
    ...rest,
    position: { latitude, longitude },
    access: {
      gate,
      stopWindow,
      safetyTraining,
      contactName,
      contactPhone: seesPhoneNumbers(actor.role) ? contactPhone : maskPhone(contactPhone),
    },
  }
}
