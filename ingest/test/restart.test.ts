import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { expect, it } from 'vitest'
import { plant, telemetry } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
const device = await site.addDevice()
const now = Date.now()
const span = { signalId: device.signals.temp, fromMs: now - 1_000_000, toMs: now + 1_000_000 }
const at = (ms: number, temp: number) => JSON.stringify({ ts: now + ms, values: { temp } })
/** Holds what it gathers, as one that crashes before its next flush. */
const slow = { flushMs: 3_600_000 }

it('a crash leaves what was acknowledged in the log, and the next start stores it once', async () => {
  const crashing = await site.ingest({ ...slow, store: { ...site.store, write: () => new Promise(() => {}) } })
  const client = await site.connect(crashing, device)
  await client.publishAsync(telemetry(device), at(1, 1), { qos: 1 })
  await client.publishAsync(telemetry(device), at(2, 2), { qos: 1 })
  await client.publishAsync(telemetry(device), at(1, 11), { qos: 1 })
  expect((await site.store.raw(span)).times).toEqual([])

  await site.log.close()
  const log = await site.reopenLog()
  const next = await site.ingest({ log })
  await eventually(async () => (await site.store.raw(span)).times.length === 2, { what: 'the readings in the log' })
  await eventually(async () => (await next.stats()).writer.lag === 0, { what: 'the end of the log' })
  expect(await site.store.raw(span)).toMatchObject({ times: [now + 1, now + 2], values: [11, 2] })
  await next.stop()

  const third = await site.ingest({ ...slow, log })
  expect((await third.stats()).writer).toMatchObject({ lag: 0, readings: 0 })
  const again = await site.connect(third, device)
  await again.publishAsync(telemetry(device), at(3, 3), { qos: 1 })
  await third.stop() // writes what it holds
  expect((await site.store.raw(span)).values).toEqual([11, 2, 3])
})
