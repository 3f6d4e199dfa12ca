import { openDatabase } from '@fettle/db/client'
import { fakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import { testDatabase } from '@fettle/testing/postgres'
import { afterAll, expect, it } from 'vitest'
import { createPastTelemetry } from '../src/demo/past-telemetry.ts'
import { seedDemo } from '../src/demo/seed.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'past telemetry test' })
afterAll(database.close)

const now = new Date('2026-11-22T02:00:00Z')
const hourMs = 3_600_000
const store = createPostgresStore({ database })

async function one<T extends object>(query: string): Promise<T> {
  const { rows } = await database.pool.query<T>(query)
  if (!rows[0]) throw new Error(`no row: ${query}`)
  return rows[0]
}

const chunks = () => one<{ count: number }>('select count(*) from telemetry_chunks')

it('gives the machines a week of readings before their first one, and only once', async () => {
  await seedDemo(database, now)
  const { id: signalId, series } = await one<{ id: string; series: number }>(
    `select s.id, s.series from signals s join assets a on a.id = s.asset_id
      where a.key = 'P100-2208-0301' and s.key = 'vibration'`,
  )
  // It reported an hour ago for the first time: from then on only what it said counts.
  const presentMs = now.getTime() - hourMs
  await database.pool.query(
    `insert into telemetry_chunks (series, first_ms, last_ms, position, readings, count, total, worst_quality, times, values, qualities)
     values ($1, $2, $2, 0, 1, 1, 2, 0, array[$2::bigint], array[2::float8], array[0::smallint])`,
    [series, presentMs],
  )
  const past = createPastTelemetry({ database, store, clock: fakeClock(now.getTime()), logger })
  await past.start()
  await past.finished()
  const { count: machines } = await one<{ count: number }>(
    `select count(distinct s.asset_id) from telemetry_chunks c join signals s using (series)
      where c.first_ms < ${now.getTime() - 166 * hourMs}`,
  )
  expect(machines).toBe(8)

  const week = await store.history({ signalId, fromMs: now.getTime() - 168 * hourMs, toMs: presentMs, buckets: 160 })
  expect(week.mean.filter((value) => value === null).length).toBeLessThanOrEqual(2)
  const after = await store.raw({ signalId, fromMs: presentMs, toMs: now.getTime() })
  expect(after.values).toEqual([2])

  const { count } = await chunks()
  const again = createPastTelemetry({ database, store, clock: fakeClock(now.getTime() + hourMs), logger })
  await again.start()
  await again.finished()
  expect((await chunks()).count).toBe(count)
}, 180_000)
