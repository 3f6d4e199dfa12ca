import { listAudit } from '@fettle/contracts/audit'
import { assets } from '@fettle/db/schema/assets'
import { auditLog } from '@fettle/db/schema/identity'
import { tickets } from '@fettle/db/schema/tickets'
import { type SQL, and, eq, or, sql } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { containing } from '../lists/containing.ts'
import { page } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { everything, nothing, onVisibleAsset, ticketScope } from '../policy/scope.ts'
import { createChainCheck } from './chain-check.ts'

export function auditRoutes(app: App, { database: { db }, clock }: Dependencies): void {
  const chain = createChainCheck(db, clock)

  app.route({
    ...listAudit,
    handler: async ({ actor, query }) => {
      const list = page({
        query,
        columns: { id: { column: auditLog.id, cast: 'bigint' } },
        fallback: '-id',
        id: { column: auditLog.id, cast: 'bigint' },
      })
      const rows = await db
        .select({ row: auditLog, mark: list.mark })
        .from(auditLog)
        .where(
          and(
            auditScope(actor),
            query.entityId ? eq(auditLog.entityId, query.entityId) : undefined,
            containing(query.q, [auditLog.actor, auditLog.operation, auditLog.entity, auditLog.address]),
            list.after,
          ),
        )
        .orderBy(list.orderBy)
        .limit(list.fetch)
      const { rows: shown, nextCursor } = list.cut(rows)
      return {
        items: shown.map(({ row: { actorId: _, hash: __, ...row } }) => ({ ...row, at: row.at.toISOString() })),
        nextCursor,
        intact: await chain.isIntact(shown.map(({ row }) => row)),
      }
    },
  })
}

/** All of the trail; one whose account names a region sees what happened to its tickets and machines, and what they did. */
function auditScope(actor: Actor): SQL {
  if (actor.regionPrefix === '') return everything
  const ticketId = sql`coalesce(${auditLog.detail}->'params'->>'ticketId', ${auditLog.entityId})`
  const onTicket = sql`${ticketId} in (select ${tickets.id}::text from ${tickets} where ${ticketScope(actor)})`
  const onAsset = sql`${auditLog.entityId} in (
    select ${assets.id}::text from ${assets} where ${onVisibleAsset(actor, assets.id)})`
  return or(eq(auditLog.actorId, actor.id), onTicket, onAsset) ?? nothing
}
