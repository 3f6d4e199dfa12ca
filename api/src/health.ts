import { sql } from 'drizzle-orm'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from './app-type.ts'
import { createBacklogMetrics } from './backlog-metrics.ts'
import type { DataChecks, Dependencies } from './dependencies.ts'

/** Whatever the product needs beside itself; false: it does not answer, or not in time. */
interface Checks extends Partial<DataChecks> {
  readonly database: boolean
  readonly jobs: boolean
}

/** Whoever has not answered by then is down, for a probe as for the people who wait. */
const checkMs = 2_000

/**
 * `/healthz`: the process lives. `/readyz`: it can serve, and which dependency is up. `/metrics`: Prometheus. All without a
 * session, none with data.
 *
 * Without its database the api serves nothing, so only that answers 503. A broker, a store or a job queue that is down is
 * `degraded`: a load balancer that took the api away for it would make a small outage a whole one.
 */
export function healthRoutes(app: App, deps: Dependencies, jobs: { works(): boolean }): void {
  const { database, moreMetrics } = deps
  const check = createChecks(deps, jobs)
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const up = new Gauge({
    name: 'fettle_dependency_up',
    help: '1 when it answers, 0 when it does not',
    labelNames: ['dependency'] as const,
    registers,
  })
  const backlog = createBacklogMetrics(database.db, registry)
  const duration = new Histogram({
    name: 'fettle_http_request_seconds',
    help: 'Time to answer, by operation and status',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  app.addHook('onResponse', async (request, reply) => {
    const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string }
    if (operationId) duration.observe({ operation: operationId, status: reply.statusCode }, reply.elapsedTime / 1_000)
  })

  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { hide: true } }, async (_, reply) => {
    const checks = await check()
    const all = Object.entries(checks)
    const status = !checks.database ? 'unavailable' : all.every(([, works]) => works) ? 'ready' : 'degraded'
    const said = Object.fromEntries(all.map(([name, works]) => [name, works ? 'up' : 'down']))
    return reply.code(checks.database ? 200 : 503).send({ status, checks: said })
  })

  app.get('/metrics', { schema: { hide: true } }, async (_, reply) => {
    const checks = await check()
    for (const [dependency, works] of Object.entries(checks)) up.set({ dependency }, works ? 1 : 0)
    if (checks.database) await backlog.measure()
    else backlog.forget()
    const own = await registry.metrics()
    return reply.type(registry.contentType).send(moreMetrics ? `${own}\n${await moreMetrics()}` : own)
  })
}

/** Asks all of them at once. Without a data service in this process, those on a reading's way are not its to answer for. */
function createChecks({ database, dataChecks }: Dependencies, jobs: { works(): boolean }) {
  return async function check(): Promise<Checks> {
    const [answers, data] = await Promise.all([
      inTime(
        database.db.execute(sql`select 1`).then(() => true),
        false,
      ),
      dataChecks && inTime(dataChecks(), { broker: false, log: false, telemetry: false }),
    ])
    return { database: answers, ...data, jobs: answers && jobs.works() }
  }
}

/** What it says, or `otherwise` when it fails or says nothing in time. */
async function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => (timer = setTimeout(resolve, checkMs, otherwise)))
  try {
    return await Promise.race([answer, late])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}
