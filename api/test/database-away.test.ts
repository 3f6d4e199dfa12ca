import { openDatabase } from '@fettle/db/client'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import { freePort } from '@fettle/testing/free-port'
import { afterAll, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createLiveHub } from '../src/events/live-hub.ts'

const lines: Record<string, unknown>[] = []
const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
const logger = createLogger({ name: 'test', pretty: false, level: 'info', destination })
const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`
const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'database away test' })
const deps = {
  database,
  telemetry: createPostgresStore({ database }),
  clock: systemClock,
  logger,
  version: '0.0.0-test',
  demoAccounts: [],
  webRoot: null,
  dataChecks: () => Promise.resolve({ broker: true, log: true, telemetry: false }),
}
const app = await buildApp(deps, createLiveHub(deps), { works: () => true })
await app.ready()
afterAll(async () => {
  await app.close()
  await database.close()
})
const ask = (path: string) => app.inject({ method: 'GET', url: path, headers: { authorization: 'Bearer token' } })

it('requests are refused with one stable code, and the log says once why', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/api/v1/tickets?limit=1')))
  for (const answer of answers) {
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'server/unavailable' })
  }
  expect(lines).toEqual([expect.objectContaining({ level: 50, msg: expect.stringMatching(/^PostgreSQL is away: /) })])
  expect(JSON.stringify(lines)).not.toMatch(/select|Failed query/)
})

it('readiness names what is down and what is not', async () => {
  const answer = await ask('/readyz')
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toEqual({
    status: 'unavailable',
    checks: { database: 'down', broker: 'up', log: 'up', telemetry: 'down', jobs: 'down' },
  })
})

it('metrics are still answered', async () => {
  const { statusCode, body } = await ask('/metrics')
  expect(statusCode).toBe(200)
  expect(body).toContain('fettle_dependency_up{dependency="database"} 0')
  expect(body).toContain('fettle_dependency_up{dependency="broker"} 1')
  expect(body).not.toMatch(/^fettle_jobs/m)
})
