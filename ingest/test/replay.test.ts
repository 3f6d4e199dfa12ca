import { requestReplay } from '@fettle/db/request-replay'
import { signals } from '@fettle/db/schema/assets'
import { uuidv7 } from '@fettle/platform/ids'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { describe, expect, it } from 'vitest'
import { batch, plant, telemetry, type Credential } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
const device = await site.addDevice()
const gateway = await site.addGateway()
const ingest = await site.ingest()
const { db } = site.database
const now = Date.now()

const letterOf = async (from: Credential) => (await site.letters()).findLast(({ source }) => source === from.key)
const replayed = (id: number) =>
  eventually(async () => (await site.letters()).find((letter) => letter.id === id)?.replayedAt, { what: 'the replay' })

async function addSignal(assetId: string, key: string): Promise<string> {
  const id = uuidv7()
  const limits = { hh: null, h: null, l: null, ll: null }
  await db.insert(signals).values({ id, assetId, key, name: { zh: key, en: key }, unit: '', decimals: 1, limits })
  return id
}
const stored = (signalId: string) =>
  eventually(
    async () => {
      const readings = await site.store.raw({ signalId, fromMs: now - 100_000, toMs: now + 100_000 })
      return readings.times.length > 0 && readings
    },
    { what: 'the replayed readings' },
  )

describe('a dead letter that is replayed', () => {
  it('brings a device’s readings at the times they came', async () => {
    const client = await site.connect(ingest, device)
    await client.publishAsync(telemetry(device), '{"temp":1,"pressure":7.5,"speed":3}', { qos: 1 })
    const letter = (await letterOf(device))!
    const signalId = await addSignal(device.assetId, 'pressure')
    expect(await requestReplay(db, letter.id, new Date())).toBe(true)
    await replayed(letter.id)
    expect(await stored(signalId)).toMatchObject({ times: [letter.receivedAt.getTime()], values: [7.5] })
    // The other signal is unknown still.
    expect(await letterOf(device)).toMatchObject({ code: 'signal/unknown', readings: 1, replayedAt: null })
    expect((await letterOf(device))?.payload).toContain('speed')
    expect(await requestReplay(db, letter.id, new Date())).toBe(false)
  })

  it('brings a gateway’s readings when their machine was entered', async () => {
    const client = await site.connect(ingest, gateway)
    const readings = [['LATE', 'temp', now, 4, 1]]
    const payload = JSON.stringify({ gatewayId: gateway.key, bootId: 'b', seq: 0, readings })
    await client.publishAsync(batch(gateway), payload, { qos: 1 })
    const letter = (await letterOf(gateway))!
    expect(letter.code).toBe('device/unknown')
    const late = await site.addDevice('LATE')
    await requestReplay(db, letter.id, new Date())
    expect(await stored(late.signals.temp)).toEqual({ times: [now], values: [4], qualities: [1] })
    await replayed(letter.id)
    expect((await letterOf(gateway))?.id).toBe(letter.id)
  })

  it.each<[string, string, string | Buffer, string]>([
    ['malformed', telemetry(device), '{"temp"', 'payload/malformed'],
    ['no text', telemetry(device), Buffer.from([0, 0xff]), 'payload/malformed'],
    ['too large to be kept', telemetry(device), Buffer.alloc(2_000_000, 32), 'payload/too-large'],
    ['from a foreign topic', 'elsewhere', '{"temp":1}', 'topic/foreign'],
  ])('and is %s is refused again', async (_, topic, payload, code) => {
    const client = await site.connect(ingest, device)
    await client.publishAsync(topic, payload, { qos: 1 })
    const letter = (await letterOf(device))!
    expect(letter.code).toBe(code)
    await requestReplay(db, letter.id, new Date())
    await replayed(letter.id)
    const again = (await letterOf(device))!
    expect(again).toMatchObject({ code, topic, payload: letter.payload, replayedAt: null })
    expect(again.id).not.toBe(letter.id)
  })

  it('that does not exist is not there', async () => {
    expect(await requestReplay(db, 999_999_999, new Date())).toBe(false)
  })
})
