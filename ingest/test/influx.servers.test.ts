import { requestReplay } from '@fettle/db/request-replay'
import { signals } from '@fettle/db/schema/assets'
import { uuidv7 } from '@fettle/platform/ids'
import { createInfluxStore } from '@fettle/telemetry/influx/influx-store'
import { prepareInflux } from '@fettle/telemetry/influx/prepare'
import { eventually } from '@fettle/testing/eventually'
import { hasInfluxd, startInfluxd } from '@fettle/testing/influxd'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterAll, describe, expect, it } from 'vitest'
import { plant, telemetry } from './plant.ts'

const installed = await hasInfluxd()

describe.skipIf(!installed)(`into a real InfluxDB 1.x${installed ? '' : ' (apt-get install influxdb)'}`, async () => {
  if (!installed) return
  const { url } = await testDatabase()
  const site = await plant(url)
  const { db } = site.database
  const folder = await tempFolder('ingest-influx')
  const influxd = await startInfluxd({ dir: folder.path })
  const influx = {
    url: influxd.url,
    access: { kind: 'open' },
    bucket: 'fettle',
    database: 'fettle',
    retentionPolicy: 'autogen',
  } as const
  await prepareInflux(influx)
  const store = createInfluxStore({ database: site.database, influx })
  const devices = [await site.addDevice(), await site.addDevice()]
  const device = devices[0]!
  const programId = uuidv7()
  await db.insert(signals).values({
    id: programId,
    assetId: device.assetId,
    key: 'program',
    name: { zh: '程序', en: 'program' },
    kind: 'text',
    unit: '',
    decimals: 0,
    limits: { hh: null, h: null, l: null, ll: null },
  })
  const ingest = await site.ingest({ store })
  afterAll(async () => {
    await ingest.stop()
    store.close()
    await influxd.stop()
    await folder.remove()
  })
  const now = Date.now()
  const day = 24 * 3_600_000

  it('whatever was acknowledged is there, though influxd is killed again and again in the middle of writing', async () => {
    const acknowledged: number[][] = [[], []]
    const sending = { on: true }
    const publishers = devices.map(async (each, index) => {
      const client = await site.connect(ingest, each)
      for (let round = 0; sending.on; round++) {
        const at = now - 3_600_000 + round * 100
        const message = Array.from({ length: 100 }, (_, i) => ({ ts: at + i, values: { temp: at + i, run: true } }))
        await client.publishAsync(telemetry(each), JSON.stringify(message), { qos: 1 })
        acknowledged[index]?.push(...message.map(({ ts }) => ts))
      }
    })
    const written = async () => (await ingest.stats()).writer
    for (let death = 0; death < 3; death++) {
      const before = await written()
      await eventually(async () => (await written()).flushes > before.flushes + 2, {
        what: 'writing',
        timeoutMs: 30_000,
      })
      await influxd.kill()
      const heard = acknowledged[0]!.length
      // Devices go on meanwhile: what they send waits in the log.
      await eventually(() => acknowledged[0]!.length > heard + 500, { what: 'readings without a store' })
      await influxd.start()
    }
    sending.on = false
    await Promise.all(publishers)
    await eventually(async () => (await written()).lag === 0, { what: 'the store to catch up', timeoutMs: 60_000 })

    for (const [index, { signals: ids }] of devices.entries()) {
      const span = { fromMs: now - 3_600_000, toMs: now + day }
      const { times, values } = await store.raw({ signalId: ids.temp, ...span })
      expect(times).toEqual(acknowledged[index])
      expect(values).toEqual(times)
      expect((await store.raw({ signalId: ids.run, ...span })).times).toEqual(times)
      expect(await store.latest([ids.temp])).toMatchObject([{ at: times.at(-1), value: times.at(-1) }])
    }
    expect((await written()).refused).toBe(0)
  })

  it('what it refuses for good becomes a dead letter, which goes in when the cause is gone', async () => {
    // A week of its own, whose type of `value` somebody else has fixed.
    const at = now - 30 * day
    const foreign = await fetch(`${influxd.url}/write?db=fettle&precision=ms`, {
      method: 'POST',
      body: `reading,signal=foreign value="seven" ${at}`,
    })
    expect(foreign.status).toBe(204)
    const client = await site.connect(ingest, device)
    const refused = { ts: at, values: { temp: 5, program: 'O2000' } }
    const good = { ts: now + 60_000, values: { temp: 6 } }
    await client.publishAsync(telemetry(device), JSON.stringify([refused, good]), { qos: 1 })
    const letter = await eventually(async () => (await site.letters()).find(({ source }) => source === device.key), {
      what: 'the dead letter',
    })
    expect(letter).toMatchObject({ code: 'store/type-conflict', readings: 1, topic: telemetry(device) })
    expect(letter.detail).toMatch(/^1 of 3 readings: .*field type conflict/)
    expect(JSON.parse(letter.payload)).toEqual([{ ts: at, values: { temp: 5 } }])
    const temperatures = () => store.raw({ signalId: device.signals.temp, fromMs: at, toMs: at + 1 })
    expect(await store.raw({ signalId: programId, fromMs: at, toMs: at + 1 })).toMatchObject({ texts: ['O2000'] })
    expect(await store.latest([device.signals.temp])).toMatchObject([{ at: good.ts, value: 6 }])

    // In 1.x a type is forgotten with the last point that had it, when the shard is dropped.
    const shards = await fetch(`${influxd.url}/query?q=${encodeURIComponent('SHOW SHARDS')}`)
    const { results } = (await shards.json()) as { results: { series: { name: string; values: unknown[][] }[] }[] }
    const shard = results[0]?.series
      .find(({ name }) => name === 'fettle')
      ?.values.find(([, , , , from, to]) => Date.parse(String(from)) <= at && at < Date.parse(String(to)))
    const dropped = await fetch(`${influxd.url}/query`, {
      method: 'POST',
      body: new URLSearchParams({ q: `DROP SHARD ${String(shard?.[0])}` }),
    })
    expect(await dropped.text()).not.toContain('error')
    await requestReplay(db, letter.id, new Date())
    await eventually(async () => (await temperatures()).values[0] === 5, { what: 'the replayed reading' })
    expect((await site.letters()).filter(({ code }) => code === 'store/type-conflict')).toHaveLength(1)
  })
})
