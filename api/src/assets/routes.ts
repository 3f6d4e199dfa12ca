import { getAsset, getAssetTimeline, listAssets, setAssetMode } from '@fettle/contracts/assets'
import { announce } from '@fettle/db/jobs'
import { assets } from '@fettle/db/schema/assets'
import { DomainError } from '@fettle/domain/domain-error'
import { and, eq, sql } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Write } from '../writes.ts'
import { assetFile, assetList, valuesOf, visibleAsset } from './queries.ts'
import { assetTimeline } from './timeline.ts'

export function assetRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  app.route({ ...listAssets, handler: ({ actor, query }) => assetList(db, deps, actor, query) })
  app.route({ ...getAsset, handler: ({ actor, params }) => assetFile(db, deps, actor, params.assetId) })
  app.route({
    ...getAssetTimeline,
    handler: async ({ actor, params, query }) => {
      await visibleAsset(db, deps, actor, params.assetId)
      return assetTimeline(db, params.assetId, query)
    },
  })
  app.route({
    ...setAssetMode,
    handler: async (request) => {
      const { actor, params, body } = request
      const before = await assetFile(db, deps, actor, params.assetId)
      return write(request, { entity: 'asset', entityId: params.assetId }, async (tx) => {
        const [changed] = await tx
          .update(assets)
          .set({ mode: body.mode, modeSince: new Date(deps.clock.now()), version: sql`${assets.version} + 1` })
          .where(and(eq(assets.id, params.assetId), eq(assets.version, body.expectedVersion)))
          .returning({ id: assets.id })
        if (!changed) throw new DomainError('resource/stale', 'someone else changed this machine; look again')
        await announce(tx, { kind: 'asset', assetId: params.assetId })
        return assetFile(tx, { telemetry: valuesOf(before), clock: deps.clock }, actor, params.assetId)
      })
    },
  })
}
