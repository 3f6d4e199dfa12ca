import { openDatabase } from '@fettle/db/client'
import { fleet } from '@fettle/devices-sim/fleet'
import { machinesAt } from '@fettle/devices-sim/fleet/spec'
import { fakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

/** Pumps behind a gateway; two chillers over 4G, one of whose links has been down for 47 minutes. */
const sites = fleet.filter(({ key }) => ['runchang-liaocheng', 'lanke-suzhou'].includes(key))
const pastFrom = (startMs: number) => createPastTelemetry({ sites, database, store, clock: fakeClock(startMs), logger })
const chunks = () => one<{ count: number }>('select count(*) from telemetry_chunks')

async function signalOf(assetKey: string, key: string): Promise<{ id: string; series: number }> {
  return one(`select s.id, s.series from signals s join assets a on a.id = s.asset_id
               where a.key = '${assetKey}' and s.key = '${key}'`)
}

beforeAll(() => seedDemo(database, now))

it('gives the machines a week of readings before their first one, and only once', async () => {
  const { id: signalId, series } = await signalOf('P100-2208-0301', 'vibration')
  // It reported an hour ago for the first time: from then on only what it said counts.
  const presentMs = now.getTime() - hourMs
  await database.pool.query(
    `insert into telemetry_chunks (series, first_ms, last_ms, position, readings, count, total, worst_quality, times, values, qualities)
     values ($1, $2, $2, 0, 1, 1, 2, 0, array[$2::bigint], array[2::float8], array[0::smallint])`,
    [series, presentMs],
  )
  // Broken off as soon as something is there, and continued by the next start.
  const first = pastFrom(now.getTime())
  await first.start()
  await eventually(async () => expect((await chunks()).count).toBeGreaterThan(1), { what: 'the first chunks' })
  await first.stop()
  const past = pastFrom(now.getTime() + 5 * 60_000)
  await past.start()
  await past.finished()

  const { count: machines } = await one<{ count: number }>(
    `select count(distinct s.asset_id) from telemetry_chunks c join signals s using (series)
      where c.first_ms < ${now.getTime() - 166 * hourMs}`,
  )
  expect(machines).toBe(sites.flatMap(machinesAt).length)
  const week = await store.history({ signalId, fromMs: now.getTime() - 168 * hourMs, toMs: presentMs, buckets: 160 })
  expect(week.mean.filter((value) => value === null).length).toBeLessThanOrEqual(2)
  const after = await store.raw({ signalId, fromMs: presentMs, toMs: now.getTime() + hourMs })
  expect(after.values).toEqual([2])

  const { count } = await chunks()
  const again = pastFrom(now.getTime() + hourMs)
  await again.start()
  await again.finished()
  expect((await chunks()).count).toBe(count)
}, 180_000)

it('leaves the last 47 minutes of a machine to its own logger, and says nothing twice', async () => {
  const { id: signalId } = await signalOf('CH1000-2108-0009', 'condensing_pressure')
  const { times } = await store.raw({ signalId, fromMs: now.getTime() - 3 * hourMs, toMs: now.getTime() + hourMs })
  const silentMs = now.getTime() - (times.at(-1) ?? 0)
  // Whichever start wrote its last hours: the second one came five minutes later.
  expect([47, 42]).toContain(Math.floor(silentMs / 60_000))
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000)
})
