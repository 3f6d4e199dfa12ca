import { getHistory } from '@fettle/contracts/telemetry'
import { signals } from '@fettle/db/schema/assets'
import { DomainError } from '@fettle/domain/domain-error'
import { StoreError } from '@fettle/telemetry/store'
import { and, eq } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { onVisibleAsset } from '../policy/scope.ts'

export function telemetryRoutes(app: App, { database: { db }, telemetry }: Dependencies): void {
  app.route({
    ...getHistory,
    handler: async ({ actor, params: { signalId }, query: { from, to, buckets } }) => {
      const [signal] = await db
        .select({ id: signals.id })
        .from(signals)
        .where(and(eq(signals.id, signalId), onVisibleAsset(actor, signals.assetId)))
      if (!signal) throw new DomainError('resource/not-found', 'there is no such signal', { signalId })
      try {
        return await telemetry.history({ signalId, fromMs: from, toMs: to, buckets: buckets ?? 500 })
      } catch (cause) {
        if (cause instanceof StoreError && cause.code === 'store/bad-span') {
          throw new DomainError('signal/range-invalid', cause.message, { from, to }, { cause })
        }
        throw cause
      }
    },
  })
}
