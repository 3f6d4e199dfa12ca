import { requestReplay } from '@fettle/db/request-replay'
import { signals } from '@fettle/db/schema/assets'
import { uuidv7 } from '@fettle/platform/ids'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { batch, plant, telemetry } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
const { db } = site.database
const { store } = site
const device = await site.addDevice()
const gateway = await site.addGateway()
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
const ingest = await site.ingest()
const now = Date.now()

const stored = (count: number) =>
  eventually(
    async () => {
      const found = await store.raw({ signalId: programId, fromMs: now - 100_000, toMs: now + 100_000 })
      return found.times.length === count && found
    },
    { what: `${count} texts` },
  )

it('texts of a device and of a gateway are stored beside the numbers of their message', async () => {
  const own = await site.connect(ingest, device)
  const values = { program: 'O2000 外圆"粗车"', temp: 71 }
  await own.publishAsync(telemetry(device), JSON.stringify({ ts: now, values }), { qos: 1 })
  const through = await site.connect(ingest, gateway)
  const readings = [
    [device.key, 'program', now + 1, 'O2001', 1],
    [device.key, 'temp', now + 1, 72, 0],
    [device.key, 'program', now + 2, null, 2],
  ]
  const payload = JSON.stringify({ gatewayId: gateway.key, bootId: 'b', seq: 0, readings })
  await through.publishAsync(batch(gateway), payload, { qos: 1 })

  expect(await stored(3)).toEqual({
    times: [now, now + 1, now + 2],
    values: [null, null, null],
    qualities: [0, 1, 2],
    texts: ['O2000 外圆"粗车"', 'O2001', null],
  })
  const temperatures = await store.raw({ signalId: device.signals.temp, fromMs: now, toMs: now + 10 })
  expect(temperatures.values).toEqual([71, 72])
  expect(await store.latest([programId])).toMatchObject([{ at: now + 2, value: null, text: null, quality: 2 }])
})

it('a number for a signal of texts, and a text for one of numbers, are dead letters; the rest is taken', async () => {
  const client = await site.connect(ingest, device)
  const values = { program: 7, temp: 'hot', run: true }
  await client.publishAsync(telemetry(device), JSON.stringify({ ts: now + 10, values }), { qos: 1 })
  const letter = (await site.letters()).at(-1)
  expect(letter).toMatchObject({ source: device.key, code: 'value/wrong-type', readings: 2, replayedAt: null })
  expect(JSON.parse(letter?.payload ?? '')).toEqual([
    { ts: now + 10, values: { program: 7 } },
    { ts: now + 10, values: { temp: 'hot' } },
  ])
  const run = { signalId: device.signals.run, fromMs: now + 10, toMs: now + 11 }
  await eventually(async () => (await store.raw(run)).times.length === 1, { what: 'the reading beside them' })

  // The signal was meant to be one of texts all along.
  await db.update(signals).set({ kind: 'text' }).where(eq(signals.id, device.signals.temp))
  const hot = () => client.publishAsync(telemetry(device), '{"temp":"warm"}', { qos: 1 })
  const before = (await site.letters()).length
  await eventually(async () => (await hot(), (await store.latest([device.signals.temp]))[0]?.text === 'warm'), {
    what: 'the catalogue to be read again',
  })
  const since = (await site.letters()).length
  expect(since).toBeGreaterThanOrEqual(before)
  await requestReplay(db, letter!.id, new Date())
  await eventually(async () => (await site.letters()).find(({ id }) => id === letter!.id)?.replayedAt, {
    what: 'the replay',
  })
  expect((await site.letters()).slice(since)).toMatchObject([{ code: 'value/wrong-type', readings: 1 }])
  const taken = { signalId: device.signals.temp, fromMs: now + 10, toMs: now + 11 }
  await eventually(async () => (await store.raw(taken)).texts?.[0] === 'hot', { what: 'the text' })
})
