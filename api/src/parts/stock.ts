import type { Static } from 'typebox'
import type { listStock, StockLine } from '@fettle/contracts/parts'
import type { DbOrTx } from '@fettle/db/client'
import { parts, partSerials, stockBalances, stockLocations } from '@fettle/db/schema/parts'
import { unitKey } from '@fettle/domain/parts/units'
import { type SQL, and, asc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { page, type SortColumn } from '../lists/page.ts'
import { plain } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { everything } from '../policy/scope.ts'

/** Branch people see their branch's stock and their own vans; everyone else with access sees all of it. */
export function stockScope(actor: Actor): SQL {
  if (actor.branchId === null) return everything
  return eq(stockLocations.branchId, actor.branchId)
}

/** A line has no id of its own: within a part or a place, stores come before vans, by their keys. */
const place: SortColumn = {
  column: sql`(${stockLocations.kind} || ' ' || ${stockLocations.key} || ' ' || ${parts.code})`,
  cast: 'text',
}

/** What lies where, by part. */
export async function stockList(db: DbOrTx, actor: Actor, query: Static<typeof listStock.schema.querystring>) {
  const list = page({
    query,
    columns: {
      partCode: { column: parts.code, cast: 'text' },
      locationName: { column: stockLocations.name, cast: 'text' },
    },
    fallback: 'partCode',
    id: place,
  })
  const { q, partId, locationId, engineerId } = query
  const rows = await db
    .select({ part: parts, location: stockLocations, quantity: stockBalances.quantity, mark: list.mark })
    .from(stockBalances)
    .innerJoin(parts, eq(parts.id, stockBalances.partId))
    .innerJoin(stockLocations, eq(stockLocations.id, stockBalances.locationId))
    .where(
      and(
        stockScope(actor),
        gt(stockBalances.quantity, '0'),
        partId ? eq(stockBalances.partId, partId) : undefined,
        locationId ? eq(stockBalances.locationId, locationId) : undefined,
        engineerId ? eq(stockLocations.engineerId, engineerId) : undefined,
        containing(q, [parts.code, parts.name, stockLocations.name, serialsHeld]),
        list.after,
      ),
    )
    .orderBy(list.orderBy)
    .limit(list.fetch)
  const cut = list.cut(rows)
  const serials = await serialsOf(
    db,
    cut.rows.map(({ part }) => part.id),
  )
  return {
    items: cut.rows.map(({ part, location, quantity }): StockLine => ({
      partId: part.id,
      partCode: part.code,
      partName: part.name,
      unit: unitKey(part.unit),
      locationId: location.id,
      locationName: location.name,
      locationKind: location.kind,
      quantity: plain(quantity),
      serials: serials
        .filter((serial) => serial.partId === part.id && serial.locationId === location.id)
        .map(({ serial }) => serial),
    })),
    nextCursor: cut.nextCursor,
  }
}

/** The serials of the part that lie there, a line each. */
const serialsHeld = sql`(select string_agg(${partSerials.serial}, chr(10)) from ${partSerials}
  where ${partSerials.partId} = ${stockBalances.partId} and ${partSerials.locationId} = ${stockBalances.locationId})`

async function serialsOf(db: DbOrTx, partIds: readonly string[]) {
  if (partIds.length === 0) return []
  return db
    .select()
    .from(partSerials)
    .where(and(inArray(partSerials.partId, [...new Set(partIds)]), isNotNull(partSerials.locationId)))
    .orderBy(asc(partSerials.serial))
}
