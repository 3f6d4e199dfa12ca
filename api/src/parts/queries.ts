import type { Static } from 'typebox'
import type { Brief } from '@fettle/contracts/brief'
import type { LikelyFailure } from '@fettle/contracts/failure-modes'
import type { listMovements, listParts, listStock, Part, StockLine, StockMovement } from '@fettle/contracts/parts'
import type { DbOrTx } from '@fettle/db/client'
import { parts, partSerials, stockBalances, stockLocations, stockMovements } from '@fettle/db/schema/parts'
import { tickets } from '@fettle/db/schema/tickets'
import { addDecimals, formatDecimal, parseDecimal } from '@fettle/domain/costs/decimal'
import { type SQL, and, asc, eq, gt, ilike, inArray, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { containing } from '../lists/containing.ts'
import { page, type RowsRead } from '../lists/page.ts'
import { plain } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { seesMoney } from '../policy/permissions.ts'
import { everything, onVisibleTicket, ticketScope } from '../policy/scope.ts'

/** Branch people see their branch's stock and their own vans; everyone else with access sees all of it. */
function stockScope(actor: Actor): SQL {
  if (actor.branchId === null) return everything
  return eq(stockLocations.branchId, actor.branchId)
}

export async function partList(db: DbOrTx, actor: Actor, query: Static<typeof listParts.schema.querystring>) {
  const list = page({
    query,
    columns: { code: { column: parts.code, cast: 'text' } },
    fallback: 'code',
    id: { column: parts.id, cast: 'uuid' },
  })
  const pattern = query.q && containing(query.q)
  // A subquery to join, not one in a field: the fields of a single-table select lose the names of their tables.
  const held = db
    .select({
      partId: stockBalances.partId,
      onHand: sql<string>`sum(${stockBalances.quantity})::text`.as('on_hand'),
    })
    .from(stockBalances)
    .innerJoin(stockLocations, eq(stockLocations.id, stockBalances.locationId))
    .where(and(ne(stockLocations.kind, 'defective'), stockScope(actor)))
    .groupBy(stockBalances.partId)
    .as('held')
  const rows = await db
    .select({ part: parts, onHand: held.onHand, mark: list.mark })
    .from(parts)
    .leftJoin(held, eq(held.partId, parts.id))
    .where(
      and(
        query.modelFamily ? eq(parts.modelFamily, query.modelFamily) : undefined,
        pattern ? or(ilike(parts.code, pattern), sql`${parts.name}::text ilike ${pattern}`) : undefined,
        list.after,
      ),
    )
    .orderBy(list.orderBy)
    .limit(list.fetch)
  const cut = list.cut(rows)
  return {
    items: cut.rows.map(({ part, onHand: quantity }): Part => ({
      ...part,
      costCents: seesMoney(actor.role) ? part.costCents : null,
      onHand: plain(quantity ?? '0'),
    })),
    nextCursor: cut.nextCursor,
  }
}

export async function stockList(
  db: DbOrTx,
  actor: Actor,
  { partId, locationId, engineerId }: Static<typeof listStock.schema.querystring>,
): Promise<StockLine[]> {
  return readStock(
    db,
    and(
      stockScope(actor),
      partId ? eq(stockBalances.partId, partId) : undefined,
      locationId ? eq(stockBalances.locationId, locationId) : undefined,
      engineerId ? eq(stockLocations.engineerId, engineerId) : undefined,
    ),
  )
}

async function readStock(db: DbOrTx, where: SQL | undefined): Promise<StockLine[]> {
  const rows = await db
    .select({ part: parts, location: stockLocations, quantity: stockBalances.quantity })
    .from(stockBalances)
    .innerJoin(parts, eq(parts.id, stockBalances.partId))
    .innerJoin(stockLocations, eq(stockLocations.id, stockBalances.locationId))
    .where(and(where, gt(stockBalances.quantity, '0')))
    .orderBy(asc(parts.code), asc(stockLocations.kind), asc(stockLocations.key))
  const serials = await db
    .select()
    .from(partSerials)
    .where(sql`${partSerials.locationId} is not null`)
  return rows.map(({ part, location, quantity }) => ({
    partId: part.id,
    partCode: part.code,
    partName: part.name,
    unit: part.unit,
    locationId: location.id,
    locationName: location.name,
    locationKind: location.kind,
    quantity: plain(quantity),
    serials: serials
      .filter((serial) => serial.partId === part.id && serial.locationId === location.id)
      .map(({ serial }) => serial)
      .toSorted(),
  }))
}

const fromLocation = alias(stockLocations, 'from_location')
const toLocation = alias(stockLocations, 'to_location')

export async function movementList(db: DbOrTx, actor: Actor, query: Static<typeof listMovements.schema.querystring>) {
  const list = page({
    query,
    columns: { sequence: { column: stockMovements.sequence, cast: 'bigint' } },
    fallback: '-sequence',
    id: { column: stockMovements.id, cast: 'uuid' },
  })
  const visible =
    actor.branchId === null
      ? undefined
      : or(eq(fromLocation.branchId, actor.branchId), eq(toLocation.branchId, actor.branchId))
  const where = and(
    visible,
    query.partId ? eq(stockMovements.partId, query.partId) : undefined,
    query.ticketId
      ? and(eq(stockMovements.ticketId, query.ticketId), onVisibleTicket(actor, stockMovements.ticketId))
      : undefined,
    list.after,
  )
  const { orderBy, fetch: limit, mark } = list
  const rows = await readMovements(db, actor, { where, orderBy, limit, mark })
  const cut = list.cut(rows)
  return { items: cut.rows.map((row) => presentMovement(row, actor)), nextCursor: cut.nextCursor }
}

export async function movementById(db: DbOrTx, actor: Actor, id: string): Promise<StockMovement> {
  const [row] = await readMovements(db, actor, {
    where: eq(stockMovements.id, id),
    orderBy: sql`${stockMovements.sequence}`,
    limit: 1,
  })
  if (!row) throw new Error('the movement just written is not there')
  return presentMovement(row, actor)
}

/** The ticket's number is null where the ticket is not visible. */
async function readMovements(db: DbOrTx, actor: Actor, { where, orderBy, limit, mark }: RowsRead) {
  return db
    .select({
      movement: stockMovements,
      partCode: parts.code,
      partName: parts.name,
      from: fromLocation.name,
      to: toLocation.name,
      ticketNumber: tickets.number,
      mark: mark ?? sql<string>`''`,
    })
    .from(stockMovements)
    .innerJoin(parts, eq(parts.id, stockMovements.partId))
    .leftJoin(fromLocation, eq(fromLocation.id, stockMovements.fromLocationId))
    .leftJoin(toLocation, eq(toLocation.id, stockMovements.toLocationId))
    .leftJoin(tickets, and(eq(tickets.id, stockMovements.ticketId), ticketScope(actor)))
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
}

function presentMovement(row: Awaited<ReturnType<typeof readMovements>>[number], actor: Actor): StockMovement {
  const { id, kind, quantity, serial, ticketId, unitCostCents, at, by } = row.movement
  return {
    id,
    kind,
    partCode: row.partCode,
    partName: row.partName,
    quantity: plain(quantity),
    fromLocation: row.from,
    toLocation: row.to,
    serial,
    ticketId: row.ticketNumber === null ? null : ticketId,
    ticketNumber: row.ticketNumber,
    unitCostCents: seesMoney(actor.role) ? unitCostCents : null,
    at: at.toISOString(),
    by,
  }
}

/** The parts that the likely failures need, how many are on the engineer's van, and where else within reach some lie. */
export async function partsForBrief(
  db: DbOrTx,
  actor: Actor,
  likely: readonly LikelyFailure[],
  engineerId: string | null,
): Promise<Brief['parts']> {
  const codes = [...new Set(likely.flatMap((failure) => failure.parts.map(({ partCode }) => partCode)))]
  if (codes.length === 0) return []
  const known = await db.select().from(parts).where(inArray(parts.code, codes)).orderBy(asc(parts.code))
  const stock = await db
    .select({ partId: stockBalances.partId, quantity: stockBalances.quantity, location: stockLocations })
    .from(stockBalances)
    .innerJoin(stockLocations, eq(stockLocations.id, stockBalances.locationId))
    .where(
      and(
        inArray(
          stockBalances.partId,
          known.map(({ id }) => id),
        ),
        stockScope(actor),
        gt(stockBalances.quantity, '0'),
        inArray(stockLocations.kind, ['centre', 'branch', 'van']),
      ),
    )
    .orderBy(asc(stockLocations.kind), asc(stockLocations.key))
  return known.map((part) => {
    const lying = stock.filter(({ partId }) => partId === part.id)
    const isOwnVan = ({ location }: (typeof lying)[number]) => engineerId !== null && location.engineerId === engineerId
    return {
      partCode: part.code,
      partName: part.name,
      quantity: mostNeeded(likely, part.code),
      onVan: addDecimals('0', ...lying.filter(isOwnVan).map(({ quantity }) => plain(quantity))),
      elsewhere: lying
        .filter((line) => !isOwnVan(line))
        .map(({ location, quantity }) => ({ locationName: location.name, quantity: plain(quantity) })),
    }
  })
}

function mostNeeded(likely: readonly LikelyFailure[], code: string): string {
  const needs = likely.flatMap((failure) => failure.parts.filter(({ partCode }) => partCode === code))
  const most = needs.map(({ quantity }) => parseDecimal(quantity)).reduce((a, b) => (a > b ? a : b), 0n)
  return formatDecimal(most)
}
