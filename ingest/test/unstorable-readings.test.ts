import { encodeLogEntry, type EntrySource, type LogEntry } from '@fettle/telemetry/log-entry'
import type { Alongside, TelemetryStore } from '@fettle/telemetry/store'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { signals } from '@fettle/db/schema/assets'
import { batchTopic, telemetryTopic } from '@fettle/contracts/uplink'
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadPositions } from '../src/consumer-positions.ts'
import { createStoreWriter } from '../src/store-writer.ts'
import { takeBatch, takeTelemetry } from '../src/take.ts'
import { logger, plant, type Device } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url, { partitions: 1 })
const { db } = site.database
const gateway = await site.addGateway()
const now = Date.UTC(2026, 10, 22, 3)
let device: Device
let series: number[]
let stop = async () => {}
beforeEach(async () => {
  device = await site.addDevice()
  const rows = await db.select().from(signals).where(eq(signals.assetId, device.assetId)).orderBy(asc(signals.series))
  series = rows.map((row) => row.series)
})
afterEach(() => stop())

function entryFrom(source: EntrySource): LogEntry {
  const [temp = 0, run = 0] = series
  return {
    assetId: device.assetId,
    customerId: device.assetId,
    siteId: device.assetId,
    modelId: device.assetId,
    receivedAtMs: now + 500,
    source,
    series: Int32Array.of(temp, run, temp, temp),
    timesMs: Float64Array.of(now, now, now + 1, now + 2),
    values: Float64Array.of(1.5, 1, NaN, NaN),
    qualities: Uint8Array.of(0, 1, 2, 0),
    texts: new Map([[3, 'hot']]),
  }
}

/** A store that refuses some readings of each entry, after failing once. */
function refusingStore(places: readonly number[], detail = 'already exists as type string'): TelemetryStore {
  let failures = 1
  return {
    ...site.store,
    async write(entries, alongside?: Alongside) {
      const unstorable = entries.flatMap(({ entry }) => places.map((place) => ({ entry, place, detail })))
      await db.transaction(async (tx) => {
        await alongside?.(tx, unstorable)
        if (failures-- > 0) throw new Error('the commit failed')
      })
    },
  }
}

async function lettersOf(source: EntrySource, places: readonly number[]) {
  const before = (await site.letters()).length
  const partition = 0
  await site.log.append(partition, encodeLogEntry(entryFrom(source)))
  const writer = createStoreWriter({ log: site.log, store: refusingStore(places), db, logger, flushMs: 10 })
  stop = () => writer.stop()
  await writer.start()
  const { next } = await site.log.bounds(partition)
  await eventually(async () => (await loadPositions(db, 'store')).get(partition) === next, { what: 'the position' })
  expect(await writer.stats()).toMatchObject({ readings: 4, refused: places.length })
  return (await site.letters()).slice(before)
}

it('of a device become one dead letter, in the transaction of the position, that can be taken again', async () => {
  const [letter, ...others] = await lettersOf({ kind: 'device', key: device.key }, [0, 2, 3])
  expect(others).toEqual([])
  expect(letter).toMatchObject({
    source: device.key,
    topic: telemetryTopic(device.key),
    code: 'store/type-conflict',
    detail: '3 of 4 readings: already exists as type string',
    readings: 3,
    receivedAt: new Date(now + 500),
  })
  expect(JSON.parse(letter!.payload)).toEqual([
    { ts: now, values: { temp: 1.5 } },
    { ts: now + 1, values: { temp: null } },
    { ts: now + 2, values: { temp: 'hot' } },
  ])
  const known = { assetId: '', customerId: '', siteId: '', modelId: '', partition: 0, signals: new Map() }
  const again = takeTelemetry(device.key, {
    payload: Buffer.from(letter!.payload),
    receivedAtMs: now,
    findAsset: () => known,
  })
  expect(again.refusals).toMatchObject([{ code: 'signal/unknown', readings: 3 }])
})

it.each([
  ['of a gateway keep their quality', (): EntrySource => ({ kind: 'gateway', key: gateway.key, bootId: 'b', seq: 7 })],
  ['of a gateway’s replay do as well', (): EntrySource => ({ kind: 'replay', key: gateway.key, deadLetterId: 7 })],
])('%s', async (_, source) => {
  const [letter] = await lettersOf(source(), [1, 2])
  expect(letter).toMatchObject({ source: gateway.key, topic: batchTopic(gateway.key), readings: 2 })
  const payload = Buffer.from(letter!.payload)
  const again = takeBatch(gateway.key, { payload, receivedAtMs: now, findAsset: () => undefined })
  expect(again.batch?.seq).toBe(7)
  expect(again.rejected).toMatchObject([{ code: 'device/unknown' }, { code: 'device/unknown' }])
  expect(JSON.parse(letter!.payload)).toMatchObject({
    readings: [
      [device.key, 'run', now, 1, 1],
      [device.key, 'temp', now + 1, null, 2],
    ],
  })
})

it('of a device’s replay are a message of the device', async () => {
  const [letter] = await lettersOf({ kind: 'replay', key: device.key, deadLetterId: 3 }, [0])
  expect(letter).toMatchObject({ source: device.key, topic: telemetryTopic(device.key), readings: 1 })
})
