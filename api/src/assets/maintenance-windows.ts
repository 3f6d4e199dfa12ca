import {
  cancelMaintenance,
  listMaintenanceWindows,
  longestWindowMs,
  planMaintenance,
  type MaintenanceWindow,
} from '@fettle/contracts/maintenance-windows'
import { announce } from '@fettle/db/jobs'
import { maintenanceWindows } from '@fettle/db/schema/assets'
import { DomainError } from '@fettle/domain/domain-error'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { containing } from '../lists/containing.ts'
import { page } from '../lists/page.ts'
import type { Write } from '../writes.ts'
import { visibleAsset } from './queries.ts'

export function maintenanceWindowRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  app.route({
    ...listMaintenanceWindows,
    handler: async ({ actor, params: { assetId }, query }) => {
      await visibleAsset(db, deps, actor, assetId)
      const list = page({
        query,
        columns: {
          from: { column: maintenanceWindows.fromMs, cast: 'bigint' },
          to: { column: maintenanceWindows.toMs, cast: 'bigint' },
        },
        fallback: '-from',
        id: { column: maintenanceWindows.id, cast: 'uuid' },
      })
      const rows = await db
        .select({ window: maintenanceWindows, mark: list.mark })
        .from(maintenanceWindows)
        .where(
          and(
            eq(maintenanceWindows.assetId, assetId),
            containing(query.q, [maintenanceWindows.reason, maintenanceWindows.createdBy]),
            list.after,
          ),
        )
        .orderBy(list.orderBy)
        .limit(list.fetch)
      const cut = list.cut(rows)
      return { items: cut.rows.map(({ window }) => presentWindow(window)), nextCursor: cut.nextCursor }
    },
  })
  app.route({
    ...planMaintenance,
    handler: async (request) => {
      const { actor, params, body } = request
      await visibleAsset(db, deps, actor, params.assetId)
      const [fromMs, toMs] = [Date.parse(body.from), Date.parse(body.to)]
      if (toMs <= fromMs) throw new DomainError('maintenance/invalid-window', 'the window ends before it begins')
      if (toMs - fromMs > longestWindowMs) {
        throw new DomainError('maintenance/invalid-window', 'a window is a year long at most')
      }
      return write(request, { entity: 'asset', entityId: params.assetId }, async (tx) => {
        const [planned] = await tx
          .insert(maintenanceWindows)
          .values({
            id: uuidv7(),
            assetId: params.assetId,
            fromMs,
            toMs,
            reason: body.reason,
            createdAt: new Date(deps.clock.now()),
            createdBy: actor.name,
          })
          .returning()
        await announce(tx, { kind: 'asset', assetId: params.assetId })
        return presentWindow(present(planned))
      })
    },
  })
  app.route({
    ...cancelMaintenance,
    handler: async (request) => {
      const { actor, params } = request
      const [window] = await db.select().from(maintenanceWindows).where(eq(maintenanceWindows.id, params.windowId))
      if (!window) throw new DomainError('resource/not-found', 'there is no such maintenance window')
      await visibleAsset(db, deps, actor, window.assetId)
      return write(request, { entity: 'asset', entityId: window.assetId }, async (tx) => {
        const [cancelled] = await tx
          .update(maintenanceWindows)
          .set({ cancelledAt: window.cancelledAt ?? new Date(deps.clock.now()) })
          .where(eq(maintenanceWindows.id, params.windowId))
          .returning()
        await announce(tx, { kind: 'asset', assetId: window.assetId })
        return presentWindow(present(cancelled))
      })
    },
  })
}

type WindowRow = typeof maintenanceWindows.$inferSelect

function present(row: WindowRow | undefined): WindowRow {
  if (!row) throw new Error('a row that was just written is not there')
  return row
}

function presentWindow({ id, assetId, fromMs, toMs, reason, createdBy, cancelledAt }: WindowRow): MaintenanceWindow {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
  return { id, assetId, from, to, reason, createdBy, cancelledAt: cancelledAt?.toISOString() ?? null }
}
