import type { Static } from 'typebox'
import type { FailureMode, listFailureModes } from '@fettle/contracts/failure-modes'
import type { DbOrTx } from '@fettle/db/client'
import { failureModes, models } from '@fettle/db/schema/assets'
import { type SQL, and, asc, eq, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { page, type RowsRead } from '../lists/page.ts'

/** The catalogue of what can fail, by key. */
export async function failureModeList(db: DbOrTx, query: Static<typeof listFailureModes.schema.querystring>) {
  const list = page({
    query,
    columns: { key: { column: failureModes.key, cast: 'text' }, modelKey: { column: models.key, cast: 'text' } },
    fallback: 'key',
    id: { column: failureModes.id, cast: 'uuid' },
  })
  const { q, modelKey } = query
  const where = and(
    modelKey ? eq(models.key, modelKey) : undefined,
    containing(q, [failureModes.key, failureModes.name, failureModes.causes, failureModes.fix]),
    list.after,
  )
  const cut = list.cut(await readRows(db, { where, orderBy: list.orderBy, limit: list.fetch, mark: list.mark }))
  return { items: cut.rows.map(failureModeOf), nextCursor: cut.nextCursor }
}

/** All of them that fit, by key. */
export async function readFailureModes(db: DbOrTx, where: SQL | undefined): Promise<FailureMode[]> {
  const rows = await readRows(db, { where, orderBy: asc(failureModes.key) })
  return rows.map(failureModeOf)
}

async function readRows(db: DbOrTx, { where, orderBy, limit, mark }: Omit<RowsRead, 'limit'> & Partial<RowsRead>) {
  const rows = db
    .select({ mode: failureModes, modelKey: models.key, mark: mark ?? sql<string>`''` })
    .from(failureModes)
    .innerJoin(models, eq(models.id, failureModes.modelId))
    .where(where)
    .orderBy(orderBy)
  return limit === undefined ? rows : rows.limit(limit)
}

function failureModeOf({ mode, modelKey }: Awaited<ReturnType<typeof readRows>>[number]): FailureMode {
  const { modelId: _, certificates: __, skillLevel: ___, ...told } = mode
  return { ...told, modelKey }
}
