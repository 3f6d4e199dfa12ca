import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { uuidv7 } from '@fettle/platform/ids'
import { hasInfluxd, startInfluxd } from '@fettle/testing/influxd'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterAll, describe, expect, it } from 'vitest'
import { select } from '../src/influx/influx-http.ts'
import { createInfluxStore, type InfluxStoreOptions } from '../src/influx/influx-store.ts'
import { prepareInflux } from '../src/influx/prepare.ts'
import type { InfluxAccess, InfluxSettings } from '../src/influx/settings.ts'
import type { LogEntry } from '../src/log-entry.ts'
import type { Alongside, UnstorableReading } from '../src/store.ts'
import { storeConformance } from './conformance.ts'
import { assetWithSignals, entryOf, textEntryOf, type Point } from './telemetry-fixture.ts'

const installed = await hasInfluxd()
const start = Date.UTC(2026, 10, 22, 3)
const day = 24 * 3_600_000

describe.skipIf(!installed)(`on a real InfluxDB 1.x${installed ? '' : ' (apt-get install influxdb)'}`, async () => {
  if (!installed) return
  const { url } = await testDatabase()
  const logger = createLogger({ name: 'test', level: 'silent' })
  const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'influx test' })
  const { db } = database
  const folder = await tempFolder('influx')
  const admin = { username: 'root', password: "it's: secret/№1" }
  const influxd = await startInfluxd({ dir: folder.path, admin })
  afterAll(async () => {
    await influxd.stop()
    await database.close()
    await folder.remove()
  })

  const settingsOf = (name: string, access: InfluxAccess = { kind: 'password', ...admin }): InfluxSettings => ({
    url: influxd.url,
    access,
    bucket: name,
    database: name,
    retentionPolicy: 'autogen',
  })
  let databases = 0
  /** A store on a database of its own. */
  async function freshStore(options: Partial<InfluxStoreOptions> = {}) {
    const influx = settingsOf(`db${databases++}`)
    await prepareInflux(influx)
    return { influx, store: createInfluxStore({ database, influx, ...options }) }
  }
  async function writeForeign({ database: name }: InfluxSettings, lines: string) {
    const { authorization } = {
      authorization: `Basic ${Buffer.from(`${admin.username}:${admin.password}`).toString('base64')}`,
    }
    const response = await fetch(`${influxd.url}/write?db=${name}&precision=ms`, {
      method: 'POST',
      headers: { authorization },
      body: lines,
    })
    expect(response.status).toBe(204)
  }

  storeConformance('influx', async () => ({ store: (await freshStore()).store, db }))

  describe('points', () => {
    it('carry the tags of their entry, also when the machine changes hands within one writing', async () => {
      const { influx, store } = await freshStore()
      const asset = await assetWithSignals(db, 1)
      const { id: signalId, series } = asset.signals[0]!
      const sold = { ...asset, customerId: uuidv7(), siteId: uuidv7() }
      const points: [LogEntry, number][] = [
        [entryOf(asset, series, [[start, 1]]), 1],
        [entryOf(sold, series, [[start + 1, 2]]), 2],
        [entryOf(sold, series, [[start, 1.5]]), 3],
        [entryOf(asset, series, [[start + 2, 3]]), 4],
      ]
      await store.write(points.map(([entry, position]) => ({ entry, position })))
      const rows = await select(influx, 'SELECT "customer", "site", "model", "asset", "value" FROM "reading"')
      const tagsOf = ({ customerId, siteId, modelId, assetId }: typeof asset) => [customerId, siteId, modelId, assetId]
      expect(rows.filter(([at]) => at !== start)).toEqual([
        [start + 1, ...tagsOf(sold), 2],
        [start + 2, ...tagsOf(asset), 3],
      ])
      const readings = await store.raw({ signalId, fromMs: start, toMs: start + 10 })
      expect(readings.times).toEqual([start, start + 1, start + 2])
      expect(await store.latest([signalId])).toMatchObject([{ at: start + 2, value: 3 }])
    })

    it('say in their quality that they have no value, and hide the one before', async () => {
      const { influx, store } = await freshStore()
      const asset = await assetWithSignals(db, 1)
      const { series } = asset.signals[0]!
      await store.write([{ position: 1, entry: entryOf(asset, series, [[start, 7]]) }])
      await store.write([{ position: 2, entry: entryOf(asset, series, [[start, null]]) }])
      expect(await select(influx, 'SELECT "value", "quality" FROM "reading"')).toEqual([[start, 7, 3]])
      expect(await select(influx, 'SELECT mean("value") FROM "reading" WHERE "quality" < 2')).toEqual([])
    })

    it('are written in several requests at once, each of them once', async () => {
      const { influx, store } = await freshStore({ pointsPerRequest: 7, lanes: 3 })
      const asset = await assetWithSignals(db, 5)
      const entries = Array.from({ length: 40 }, (_, i) => {
        const points = Array.from({ length: 5 }, (_, n): Point => [start + i * 10 + n, i])
        return { position: i, entry: entryOf(asset, asset.signals[i % 5]!.series, points) }
      })
      await Promise.all([store.write(entries.slice(0, 20)), store.write(entries.slice(20))])
      expect(await select(influx, 'SELECT count("value") FROM "reading"')).toEqual([[0, 200]])
    })
  })

  describe('what the server refuses', () => {
    it('is handed over with the server’s reason, and nothing else is lost', async () => {
      const { influx, store } = await freshStore({ pointsPerRequest: 6 })
      // Types hold for a week of a measurement in 1.x: whoever writes texts as values there first has spoilt that week.
      await writeForeign(influx, `reading,signal=foreign value="seven" ${start}`)
      const numbers = await assetWithSignals(db, 2)
      const texts = await assetWithSignals(db, 1, 'text')
      const [first, second] = numbers.signals
      const later = start + 60 * day
      const mixed: Point[] = [
        [start, 1],
        [later, 2],
        [start + 1, null],
        [start + 2, 3, 1],
        [later + 1, 4],
      ]
      const spoilt = entryOf(numbers, first!.series, mixed)
      const spoiltToo = entryOf(numbers, second!.series, [[start, 5]])
      const good = textEntryOf(texts, texts.signals[0]!.series, [[start, 'RUN']])
      let handed: readonly UnstorableReading[] = []
      const alongside: Alongside = async (_, unstorable) => void (handed = unstorable)
      const entries = [spoilt, good, spoiltToo].map((entry, position) => ({ position, entry }))
      await store.write(entries, alongside)
      expect(handed.map(({ entry, place }) => [entry, place])).toEqual([
        [spoilt, 0],
        [spoilt, 3],
        [spoiltToo, 0],
      ])
      expect(handed[0]?.detail).toContain('field type conflict')
      const raw = (signalId: string) => store.raw({ signalId, fromMs: start, toMs: later + 10 })
      expect(await raw(first!.id)).toEqual({
        times: [start + 1, later, later + 1],
        values: [null, 2, 4],
        qualities: [2, 0, 0],
      })
      expect((await raw(texts.signals[0]!.id)).texts).toEqual(['RUN'])
      expect(await store.latest([second!.id])).toEqual([])

      await store.write(entries, alongside)
      expect(handed).toHaveLength(3)
      await expect(store.write(entries)).rejects.toMatchObject({ code: 'store/refused' })
    })

    it('may be everything, which takes one request to learn', async () => {
      const { influx, store } = await freshStore()
      await writeForeign(influx, `reading,signal=foreign quality="good" ${start}`)
      const asset = await assetWithSignals(db, 1)
      const { id, series } = asset.signals[0]!
      const points = Array.from({ length: 3_000 }, (_, i): Point => [start + i, i])
      let refused = 0
      await store.write([{ position: 1, entry: entryOf(asset, series, points) }], async (_, unstorable) => {
        refused = unstorable.length
      })
      expect(refused).toBe(3_000)
      expect(await store.latest([id])).toEqual([])
    })

    it('is also what nobody knows the name of', async () => {
      const { store } = await freshStore()
      const asset = await assetWithSignals(db, 1)
      const entry = entryOf(asset, 2_000_000_000, [[start, 1]])
      let handed: readonly UnstorableReading[] = []
      await store.write([{ position: 1, entry }], async (_, unstorable) => void (handed = unstorable))
      expect(handed).toEqual([{ entry, place: 0, detail: 'there is no such signal' }])
    })
  })

  describe('a server that dies', () => {
    it('has everything that a writing which resolved had brought, and the same store goes on', async () => {
      const { store } = await freshStore({ pointsPerRequest: 500 })
      const asset = await assetWithSignals(db, 1)
      const { id: signalId, series } = asset.signals[0]!
      const batch = (n: number) => {
        const points = Array.from({ length: 2_000 }, (_, i): Point => [start + n * 2_000 + i, n])
        return [{ position: n, entry: entryOf(asset, series, points) }]
      }
      let acknowledged = 0
      let failure: unknown
      const writing = (async () => {
        while (failure === undefined) {
          await store.write(batch(acknowledged)).catch((error: unknown) => (failure = error))
          if (failure === undefined) acknowledged++
          if (acknowledged === 5) void influxd.kill()
        }
      })()
      await writing
      expect(failure).toMatchObject({ code: 'influx/unreachable' })
      const away = store.history({ signalId, fromMs: start, toMs: start + 1, buckets: 1 })
      await expect(away).rejects.toMatchObject({ code: 'influx/unreachable' })
      // Live values do not need it.
      expect(await store.latest([signalId])).toMatchObject([{ value: acknowledged - 1 }])

      await influxd.start()
      const span = { signalId, fromMs: start, toMs: start + acknowledged * 2_000 }
      expect((await store.raw(span)).values).toEqual(
        Array.from({ length: acknowledged * 2_000 }, (_, i) => Math.floor(i / 2_000)),
      )
      await store.write(batch(acknowledged))
      const all = await store.raw({ ...span, toMs: start + (acknowledged + 1) * 2_000 })
      expect(all.times).toHaveLength((acknowledged + 1) * 2_000)
    })
  })

  describe('getting ready', () => {
    const ready = (name: string, access?: InfluxAccess) => prepareInflux(settingsOf(name, access))

    it('makes the database, and finds it there the next time', async () => {
      expect(await ready('made')).toEqual({ version: expect.stringMatching(/^1\./) as string })
      await ready('made')
    })

    it('does not let a wrong password or nobody in', async () => {
      const wrong = ready('made', { kind: 'password', username: 'root', password: 'guess' })
      await expect(wrong).rejects.toMatchObject({ code: 'influx/unauthorised' })
      await expect(ready('made', { kind: 'open' })).rejects.toMatchObject({ code: 'influx/unauthorised' })
    })

    it('tells that a version wants other credentials', async () => {
      const token = ready('made', { kind: 'token', token: 'abc', org: 'fettle' })
      await expect(token).rejects.toMatchObject({ code: 'influx/wrong-server' })
      await expect(token).rejects.toThrow(/is version 1\.\S+, which takes a user and password/)
    })

    it('is content with an account that may use the database but not make it, and names the one that may not', async () => {
      await ready('given')
      const asRoot = (q: string) =>
        fetch(`${influxd.url}/query`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`root:${admin.password}`).toString('base64')}` },
          body: new URLSearchParams({ q }),
        })
      await asRoot(`CREATE USER "fettle" WITH PASSWORD 'x'; GRANT ALL ON "given" TO "fettle"`)
      const fettle = { kind: 'password', username: 'fettle', password: 'x' } as const
      await ready('given', fettle)
      await expect(ready('made', fettle)).rejects.toMatchObject({
        code: 'influx/forbidden',
        message: `InfluxDB at ${influxd.url} does not let user fettle write to made`,
      })
    })

    it('tells when there is no such retention policy', async () => {
      const settings = { ...settingsOf('made'), retentionPolicy: 'nope' }
      await expect(prepareInflux(settings)).rejects.toThrow(/retention policy not found: nope/)
    })
  })
})
