import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { testDatabase } from '@fettle/testing/postgres'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { createPostgresStore } from '../src/postgres/postgres-store.ts'
import type { LatestChanges } from '../src/store.ts'
import { storeConformance } from './conformance.ts'
import { assetWithSignals, entryOf, textEntryOf, type Point } from './telemetry-fixture.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'store test' })
afterAll(() => database.close())
const { db } = database

storeConformance('postgres', async () => ({ store: createPostgresStore({ database }), db }))

const start = Date.UTC(2026, 10, 22, 3)
const hour = 3_600_000
const never = new AbortController().signal

interface Row extends Record<string, unknown> {
  firstMs: number
  readings: number
  packed: boolean
  minutes: number[] | null
}

describe('rows', async () => {
  const asset = await assetWithSignals(db, 10)
  let used = 0
  const fresh = () => asset.signals[used++]!
  const rowsOf = async (series: number) => {
    const { rows } = await db.execute<Row>(sql`
      select first_ms as "firstMs", readings, packed, minutes from telemetry_chunks where series = ${series} order by 1, 2`)
    return rows
  }

  it('neither rows nor latest are there when what goes alongside fails', async () => {
    const { id, series } = fresh()
    const store = createPostgresStore({ database })
    const entries = [{ position: 1, entry: entryOf(asset, series, [[start, 1]]) }]
    await expect(store.write(entries, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await rowsOf(series)).toEqual([])
    expect(await store.latest([id])).toEqual([])
  })

  it('are one for each signal, flush and hour', async () => {
    const { series } = fresh()
    const points: Point[] = [
      [start, 1],
      [start + hour, 2],
      [start + 1, 3],
    ]
    await createPostgresStore({ database }).write([{ position: 1, entry: entryOf(asset, series, points) }])
    expect(await rowsOf(series)).toEqual([
      { firstMs: start, readings: 2, packed: false, minutes: null },
      { firstMs: start + hour, readings: 1, packed: false, minutes: null },
    ])
  })

  it('become one when their hour is over, with minutes where they are many, and again when a reading comes late', async () => {
    const { id, series } = fresh()
    const store = createPostgresStore({ database, packAfterMs: 0 })
    let position = 0
    const write = (points: Point[]) => store.write([{ position: position++, entry: entryOf(asset, series, points) }])
    for (let i = 0; i < 10; i++) {
      await write(Array.from({ length: 36 }, (_, n): Point => [start + (i * 36 + n) * 10_000, i, n === 0 ? 1 : 0]))
    }
    await store.maintain(start + hour - 1, never)
    expect(await rowsOf(series)).toHaveLength(10)
    await store.maintain(start + hour, never)
    expect(await rowsOf(series)).toEqual([
      { firstMs: start, readings: 360, packed: true, minutes: Array.from({ length: 60 }, (_, i) => i) },
    ])
    const trend = await store.history({ signalId: id, fromMs: start, toMs: start + hour, buckets: 60 })
    expect(trend).toMatchObject({ bucketMs: 60_000, min: trend.times.map((_, i) => Math.floor(i / 6)) })
    expect(trend.mean).toEqual(trend.min)
    expect(trend.quality).toEqual(trend.times.map((_, i) => (i % 6 === 0 ? 1 : 0)))

    await write([
      [start + 10_000, 99],
      [start + 5_000, null],
    ])
    expect(await rowsOf(series)).toHaveLength(2)
    const late = await store.history({ signalId: id, fromMs: start, toMs: start + hour, buckets: 60 })
    expect([late.max[0], late.quality[0]]).toEqual([99, 2])
    await store.maintain(start + hour, never)
    expect(await rowsOf(series)).toMatchObject([{ readings: 361, packed: true }])
    expect(await store.history({ signalId: id, fromMs: start, toMs: start + hour, buckets: 60 })).toEqual(late)
    expect((await store.maintain(start + hour, never)).packed).toBe(0)
  })

  it('without many readings have no minutes', async () => {
    const { series } = fresh()
    const store = createPostgresStore({ database, packAfterMs: 0 })
    await store.write([
      {
        position: 1,
        entry: entryOf(asset, series, [
          [start, 1],
          [start + 1, 2],
        ]),
      },
    ])
    await store.maintain(start + hour, never)
    expect(await rowsOf(series)).toEqual([{ firstMs: start, readings: 2, packed: true, minutes: null }])
  })

  it('go when they are older than retention, and no sooner', async () => {
    const { series } = fresh()
    const store = createPostgresStore({ database, retainMs: hour })
    const points: Point[] = [
      [start, 1],
      [start + 2 * hour, 2],
    ]
    await store.write([{ position: 1, entry: entryOf(asset, series, points) }])
    await createPostgresStore({ database }).maintain(start + 1_000 * hour, never)
    expect(await rowsOf(series)).toHaveLength(2)
    await store.maintain(start + 2 * hour, never)
    expect(await rowsOf(series)).toMatchObject([{ firstMs: start + 2 * hour }])
  })

  it('of texts go with retention as well', async () => {
    const texts = await assetWithSignals(db, 1, 'text')
    const { id: signalId, series } = texts.signals[0]!
    const store = createPostgresStore({ database, retainMs: hour })
    await store.write([
      {
        position: 1,
        entry: textEntryOf(texts, series, [
          [start, 'RUN'],
          [start + 2 * hour, 'STOP'],
        ]),
      },
    ])
    await store.maintain(start + 2 * hour, never)
    expect(await store.raw({ signalId, fromMs: start, toMs: start + 3 * hour })).toMatchObject({ texts: ['STOP'] })
  })

  it('are left alone when the chores are called off', async () => {
    const { series } = fresh()
    const store = createPostgresStore({ database, packAfterMs: 0 })
    await store.write([{ position: 1, entry: entryOf(asset, series, [[start, 1]]) }])
    expect(await store.maintain(start + hour, AbortSignal.abort())).toEqual({ packed: 0, expired: 0 })
    expect(await rowsOf(series)).toMatchObject([{ packed: false }])
  })

  it('latestSince misses nothing that a slow transaction commits late', async () => {
    const [slow, fast] = [fresh(), fresh()]
    const store = createPostgresStore({ database })
    const { cursor } = await store.latestSince(null)
    let commit = () => {}
    const held = new Promise<void>((resolve) => (commit = resolve))
    let written = () => {}
    const inside = new Promise<void>((resolve) => (written = resolve))
    const writing = store.write([{ position: 1, entry: entryOf(asset, slow.series, [[start, 1]]) }], () => {
      written()
      return held
    })
    await inside
    await store.write([{ position: 2, entry: entryOf(asset, fast.series, [[start, 2]]) }])
    // Transactions of other tests may hold the cursor back, so values of other signals may come again.
    const idsOf = ({ values }: LatestChanges) => values.map(({ signalId }) => signalId)
    const first = await store.latestSince(cursor)
    expect(idsOf(first)).toContain(fast.id)
    expect(idsOf(first)).not.toContain(slow.id)
    commit()
    await writing
    expect(idsOf(await store.latestSince(first.cursor))).toContain(slow.id)
  })
})
