import { sql } from 'drizzle-orm'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { App } from './app-type.ts'
import type { Dependencies } from './dependencies.ts'

/** `/healthz`: the process lives. `/readyz`: it can serve. `/metrics`: Prometheus. All without a session, none with data. */
export function healthRoutes(app: App, { database, moreMetrics }: Dependencies): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'fettle_http_request_seconds',
    help: 'Time to answer, by operation and status',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string }
    if (operationId) duration.observe({ operation: operationId, status: reply.statusCode }, reply.elapsedTime / 1_000)
  })

  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_, reply) => {
    try {
      await database.db.execute(sql`select 1`)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database unreachable' })
    }
  })
  app.get('/metrics', { schema: { hide: true } }, async (_, reply) => {
    const own = await registry.metrics()
    return reply.type(registry.contentType).send(moreMetrics ? `${own}\n${await moreMetrics()}` : own)
  })
}
