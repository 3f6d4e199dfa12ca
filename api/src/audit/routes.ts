import { listAudit } from '@fettle/contracts/audit'
import { auditLog } from '@fettle/db/schema/identity'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { page } from '../lists/page.ts'
import { chainHash } from './record.ts'

export function auditRoutes(app: App, { database: { db } }: Dependencies): void {
  app.route({
    ...listAudit,
    handler: async ({ query }) => {
      const list = page({
        query,
        columns: { id: { column: auditLog.id, cast: 'bigint' } },
        fallback: '-id',
        id: { column: auditLog.id, cast: 'bigint' },
      })
      const rows = await db
        .select({ row: auditLog, mark: list.mark })
        .from(auditLog)
        .where(and(list.after, query.entityId ? eq(auditLog.entityId, query.entityId) : sql`true`))
        .orderBy(list.orderBy)
        .limit(list.fetch)
      const cut = list.cut(rows)
      return {
        items: cut.rows.map(({ row: { actorId: _, hash: __, ...row } }) => ({ ...row, at: row.at.toISOString() })),
        nextCursor: cut.nextCursor,
        intact: await isIntact(),
      }
    },
  })

  /** Walks the whole chain in steps; false when a row was changed, removed or slipped in. */
  async function isIntact(): Promise<boolean> {
    let previous = ''
    let after = 0
    for (;;) {
      const rows = await db
        .select()
        .from(auditLog)
        .where(sql`${auditLog.id} > ${after}`)
        .orderBy(asc(auditLog.id))
        .limit(2_000)
      for (const row of rows) {
        if (chainHash(previous, row) !== row.hash) return false
        previous = row.hash
        after = row.id
      }
      if (rows.length < 2_000) return true
    }
  }
}
