import type { Static } from 'typebox'
import type { Brief } from '@fettle/contracts/brief'
import type { LikelyFailure } from '@fettle/contracts/failure-modes'
import type { listMovements, listParts, Part, StockMovement } from '@fettle/contracts/parts'
import type { DbOrTx } from '@fettle/db/client'
import { parts, stockBalances, stockLocations, stockMovements } from '@fettle/db/schema/parts'
import { tickets } from '@fettle/db/schema/tickets'
import { addDecimals, formatDecimal, parseDecimal } from '@fettle/domain/costs/decimal'
import { unitKey } from '@fettle/domain/parts/units'
import { and, asc, eq, gt, inArray, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { containing } from '../lists/containing.ts'
import { countRows } from '../lists/count.ts'
import { page, type RowsRead } from '../lists/page.ts'
import { plain } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { seesMoney } from '../policy/permissions.ts'
import { onVisibleTicket, ticketScope } from '../policy/scope.ts'
import { stockScope } from './stock.ts'

type PartFilters = Static<typeof listParts.schema.querystring>
type MovementFilters = Static<typeof listMovements.schema.querystring>

export async function partList(db: DbOrTx, actor: Actor, query: PartFilters) {
  const list = page({
    query,
    columns: {
      code: { column: parts.code, cast: 'text' },
      modelFamily: { column: parts.modelFamily, cast: 'text' },
      priceCents: { column: parts.priceCents, cast: 'bigint' },
      leadDays: { column: parts.leadDays, cast: 'integer' },
    },
    fallback: 'code',
    id: { column: parts.id, cast: 'uuid' },
  })
  const { orderBy, fetch: limit, mark } = list
  const rows = await readParts(db, actor, { where: and(partFilters(query), list.after), orderBy, limit, mark })
  const cut = list.cut(rows)
  return {
    items: cut.rows.map(({ part, onHand: quantity }): Part => ({
      ...part,
      unit: unitKey(part.unit),
      costCents: seesMoney(actor.role) ? part.costCents : null,
      onHand: plain(quantity ?? '0'),
    })),
    nextCursor: cut.nextCursor,
  }
}

/** How many there are, counted up to `most`. */
export function partCount(db: DbOrTx, actor: Actor, query: PartFilters, most: number): Promise<number> {
  return countRows(db, readParts(db, actor, { where: partFilters(query), orderBy: sql`${parts.id}`, limit: most }))
}

function partFilters({ modelFamily, q }: PartFilters) {
  return and(modelFamily ? eq(parts.modelFamily, modelFamily) : undefined, containing(q, [parts.code, parts.name]))
}

/** With what is on hand where this person may look. */
function readParts(db: DbOrTx, actor: Actor, { where, orderBy, limit, mark }: RowsRead) {
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
  return db
    .select({ part: parts, onHand: held.onHand, mark: mark ?? sql<string>`''` })
    .from(parts)
    .leftJoin(held, eq(held.partId, parts.id))
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
}

const fromLocation = alias(stockLocations, 'from_location')
const toLocation = alias(stockLocations, 'to_location')

export async function movementList(db: DbOrTx, actor: Actor, query: MovementFilters) {
  const list = page({
    query,
    columns: {
      sequence: { column: stockMovements.sequence, cast: 'bigint' },
      at: { column: stockMovements.at, cast: 'timestamptz' },
      code: { column: parts.code, cast: 'text' },
    },
    fallback: '-sequence',
    id: { column: stockMovements.id, cast: 'uuid' },
  })
  const { orderBy, fetch: limit, mark } = list
  const where = and(movementFilters(actor, query), list.after)
  const rows = await readMovements(db, actor, { where, orderBy, limit, mark })
  const cut = list.cut(rows)
  return { items: cut.rows.map((row) => presentMovement(row, actor)), nextCursor: cut.nextCursor }
}

/** How many there are, counted up to `most`. */
export function movementCount(db: DbOrTx, actor: Actor, query: MovementFilters, most: number): Promise<number> {
  const [where, orderBy] = [movementFilters(actor, query), sql`${stockMovements.sequence}`]
  return countRows(db, readMovements(db, actor, { where, orderBy, limit: most }))
}

/** Branch people see what came to or left their branch. */
function movementFilters(actor: Actor, query: MovementFilters) {
  const visible =
    actor.branchId === null
      ? undefined
      : or(eq(fromLocation.branchId, actor.branchId), eq(toLocation.branchId, actor.branchId))
  return and(
    visible,
    query.partId ? eq(stockMovements.partId, query.partId) : undefined,
    query.ticketId
      ? and(eq(stockMovements.ticketId, query.ticketId), onVisibleTicket(actor, stockMovements.ticketId))
      : undefined,
    containing(query.q, [
      parts.code,
      parts.name,
      stockMovements.serial,
      stockMovements.by,
      fromLocation.name,
      toLocation.name,
    ]),
  )
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
function readMovements(db: DbOrTx, actor: Actor, { where, orderBy, limit, mark }: RowsRead) {
  return db
    .select({
      movement: stockMovements,
      partCode: parts.code,
      partName: parts.name,
      unit: parts.unit,
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
    unit: unitKey(row.unit),
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
      unit: unitKey(part.unit),
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
