import { UPLINK_LIMITS } from '@fettle/contracts/uplink'
import { deviceCredentials } from '@fettle/db/schema/devices'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { plant, telemetry, type Device } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
// Before ingest starts, so that it knows them from the beginning.
const devices: Device[] = []
for (let i = 0; i < 40; i++) devices.push(await site.addDevice())
const freshDevice = () => devices.pop()!
const ingest = await site.ingest()
const { store } = site
const now = Date.now()
const day = 24 * 3_600_000

const temperatures = ({ signals }: Device) =>
  store.raw({ signalId: signals.temp, fromMs: now - 400 * day, toMs: now + day })
const stored = (device: Device, count: number) =>
  eventually(async () => ((await temperatures(device)).times.length >= count ? temperatures(device) : undefined), {
    what: `${count} stored readings`,
  })
async function lettersAfter<T>(from: Device, act: () => Promise<T>) {
  const before = (await site.letters()).length
  await act()
  return (await site.letters()).slice(before).filter(({ source }) => source === from.key)
}

describe('what a device publishes', () => {
  it('is stored, in each of the three shapes, when PUBACK comes', async () => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    await client.publishAsync(telemetry(device), '{"temp":71.2,"run":true}', { qos: 1 })
    await client.publishAsync(telemetry(device), JSON.stringify({ ts: now - 2_000, values: { temp: 70 } }), { qos: 1 })
    const series = [-1_000, -1_500].map((ms) => ({ ts: now + ms, values: { temp: ms } }))
    await client.publishAsync(telemetry(device), JSON.stringify(series), { qos: 2 })
    expect(await stored(device, 4)).toMatchObject({
      times: [now - 2_000, now - 1_500, now - 1_000, expect.any(Number)],
      values: [70, -1_500, -1_000, 71.2],
    })
    const latest = await store.latest([device.signals.temp, device.signals.run])
    expect(latest.map(({ value }) => value)).toEqual(expect.arrayContaining([71.2, 1]))
  })

  it('may come at QoS 0', async () => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    await client.publishAsync(telemetry(device), '{"temp":1}')
    expect((await stored(device, 1)).values).toEqual([1])
  })

  it('may come twice and out of order: history has each time once, the latest value stays', async () => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const send = (ms: number, temp: number) =>
      client.publishAsync(telemetry(device), JSON.stringify({ ts: now + ms, values: { temp } }), { qos: 1 })
    await Promise.all([send(-10, 1), send(-30, 2), send(-10, 1), send(-20, 3)])
    expect(await stored(device, 3)).toMatchObject({ times: [now - 30, now - 20, now - 10], values: [2, 3, 1] })
    expect(await store.latest([device.signals.temp])).toMatchObject([{ at: now - 10, value: 1 }])
  })

  const at = (ts: number | string) => JSON.stringify({ ts, values: { temp: 1 } })
  const tooMany = JSON.stringify(Array.from({ length: 5_001 }, (_, i) => ({ ts: now - i, values: { temp: i } })))
  it.each<[string, string | Buffer, string, number]>([
    ['malformed JSON', '{"temp":7', 'payload/malformed', 1],
    ['a bare NaN', '{"temp":NaN}', 'payload/malformed', 1],
    ['bytes that are no text', Buffer.from([0, 1, 2, 0xff]), 'payload/malformed', 1],
    ['an empty message', '', 'payload/malformed', 1],
    ['a wrong shape', '[1,2,3]', 'payload/wrong-shape', 1],
    ['more than 5,000 readings', tooMany, 'payload/too-many-readings', 1],
    ['a wrong type', '{"temp":"hot"}', 'value/wrong-type', 1],
    ['NaN in words', '{"temp":"NaN"}', 'value/not-a-number', 1],
    ['1e999', '{"temp":1e999}', 'value/not-a-number', 1],
    ['1970', at(0), 'time/too-old', 1],
    ['2100', at(Date.UTC(2100, 0)), 'time/too-far-ahead', 1],
    ['a time in words', at('now'), 'time/not-a-time', 1],
    ['two unknown signals', '{"tmp":1,"nonsense\\u0000":2}', 'signal/unknown', 2],
    ['a message of 5 MB', Buffer.alloc(5_000_000, '[1,'), 'payload/too-large', 1],
    ['a byte more than is taken', Buffer.alloc(UPLINK_LIMITS.messageBytes + 1, 32), 'payload/too-large', 1],
  ])('as %s is acknowledged and put aside, and the connection goes on', async (_, payload, code, readings) => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const letters = await lettersAfter(device, () => client.publishAsync(telemetry(device), payload, { qos: 1 }))
    expect(letters).toMatchObject([{ code, readings, topic: telemetry(device), replayedAt: null }])
    await client.publishAsync(telemetry(device), '{"temp":5}', { qos: 1 })
    expect((await stored(device, 1)).values).toEqual([5])
    expect(client.connected).toBe(true)
  })

  it('as a message of exactly 1 MiB is taken', async () => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const payload = '{"temp":6}'.padEnd(UPLINK_LIMITS.messageBytes)
    expect(await lettersAfter(device, () => client.publishAsync(telemetry(device), payload, { qos: 1 }))).toEqual([])
    expect((await stored(device, 1)).values).toEqual([6])
  })

  it('is taken as far as it is good', async () => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const send = () => client.publishAsync(telemetry(device), '{"temp":8,"run":"NaN","a":1,"b":2}', { qos: 1 })
    const letters = await lettersAfter(device, send)
    expect(letters.map(({ code, readings }) => [code, readings])).toEqual([
      ['value/not-a-number', 1],
      ['signal/unknown', 2],
    ])
    expect(letters[1]?.detail).toMatch(/2 of 4 readings; index 2, 3; the first: \["AC-\d+","a",\d+,1,0\]/)
    expect((await stored(device, 1)).values).toEqual([8])
  })

  it('about a signal that was entered a moment ago is taken', async () => {
    const known = freshDevice()
    const client = await site.connect(ingest, known)
    await client.publishAsync(telemetry(known), '{"temp":1}', { qos: 1 })
    const fresh = await site.addDevice()
    const other = await site.connect(ingest, fresh)
    await eventually(
      async () =>
        (await lettersAfter(fresh, () => other.publishAsync(telemetry(fresh), '{"temp":2}', { qos: 1 }))).length === 0,
      { what: 'the catalogue to have the new device' },
    )
    expect((await stored(fresh, 1)).values).toContain(2)
  })
})

describe('a topic that is not its own', () => {
  it('is put aside for a device, and reaches nobody', async () => {
    const [device, other] = [freshDevice(), freshDevice()]
    const [client, otherClient] = [await site.connect(ingest, device), await site.connect(ingest, other)]
    const heard: unknown[] = []
    otherClient.on('message', (_, payload) => heard.push(JSON.parse(payload.toString())))
    await otherClient.subscribeAsync(`fettle/v1/devices/${other.key}/ack`)
    const foreign = [
      telemetry(other),
      `fettle/v1/devices/${other.key}/ack`,
      'anything',
      '$SYS/x',
      `fettle/v1/gateways/G/batch`,
    ]
    const letters = await lettersAfter(device, () =>
      Promise.all(foreign.map((topic) => client.publishAsync(topic, '{"temp":1}', { qos: 1, retain: true }))),
    )
    expect(new Set(letters.map(({ code, topic }) => `${code} ${topic}`))).toEqual(
      new Set(foreign.map((topic) => `topic/foreign ${topic}`)),
    )
    await otherClient.publishAsync(telemetry(other), '{"temp":2}', { qos: 1 })
    expect((await stored(other, 1)).values).toEqual([2])
    await eventually(() => heard.length > 0, { what: 'its own acknowledgement' })
    expect(heard).toEqual([{ accepted: 1, newestMs: expect.any(Number) as number, rejected: [] }])
  })

  it('cannot be listened to, nor can all of them', async () => {
    const [device, other] = [freshDevice(), freshDevice()]
    const client = await site.connect(ingest, device)
    for (const filter of [
      telemetry(other),
      `fettle/v1/devices/${other.key}/ack`,
      '#',
      'fettle/v1/devices/+/ack',
      '$SYS/#',
    ]) {
      await expect(client.subscribeAsync(filter)).rejects.toThrow(/Subscribe error/)
    }
    const [granted] = await client.subscribeAsync(`fettle/v1/devices/${device.key}/ack`)
    expect(granted?.qos).toBe(0)
    expect(client.connected).toBe(true)
  })

  it('of another cannot be taken over by its client id', async () => {
    const [device, other] = [freshDevice(), freshDevice()]
    const first = await site.connect(ingest, device, { clientId: 'same' })
    await site.connect(ingest, other, { clientId: 'same' })
    await first.publishAsync(telemetry(device), '{"temp":1}', { qos: 1 })
    expect(first.connected).toBe(true)
  })
})

describe('who may connect', () => {
  it.each<[string, (device: Device) => { key: string; secret: string }]>([
    ['a wrong secret', ({ key }) => ({ key, secret: 'guess' })],
    ['an empty secret', ({ key }) => ({ key, secret: '' })],
    ['an unknown name', ({ secret }) => ({ key: 'nobody', secret })],
    ['the hash instead of the secret', ({ key }) => ({ key, secret: '0'.repeat(64) })],
  ])('not with %s', async (_, wrong) => {
    const device = freshDevice()
    const { refused } = (await ingest.stats()).broker
    await expect(site.connect(ingest, wrong(device))).rejects.toMatchObject({ code: 4 })
    expect((await ingest.stats()).broker.refused).toBe(refused + 1)
    expect((await site.connect(ingest, device)).connected).toBe(true)
  })

  it('not without a name', async () => {
    const anonymous = { username: undefined, password: undefined } as object
    await expect(site.connect(ingest, { key: '', secret: '' }, anonymous)).rejects.toMatchObject({ code: 4 })
  })

  it('not any more once the credential is revoked: the connection ends', async () => {
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const closed = new Promise<void>((resolve) => client.once('close', resolve))
    const { db } = site.database
    await db.update(deviceCredentials).set({ revokedAt: new Date() }).where(eq(deviceCredentials.username, device.key))
    await closed
    await expect(site.connect(ingest, device)).rejects.toMatchObject({ code: 4 })
  })
})

it('counts what it did', async () => {
  const device = freshDevice()
  const client = await site.connect(ingest, device)
  const before = await ingest.stats()
  await client.publishAsync(telemetry(device), '{"temp":1,"run":0,"x":1}', { qos: 1 })
  const after = await eventually(
    async () => {
      const stats = await ingest.stats()
      return stats.writer.readings > before.writer.readings && stats
    },
    { what: 'the readings to be written' },
  )
  expect(after.messages - before.messages).toBe(1)
  expect(after.readings - before.readings).toBe(2)
  expect((after.rejected['signal/unknown'] ?? 0) - (before.rejected['signal/unknown'] ?? 0)).toBe(1)
  expect(after.writer.lag).toBe(0)
  expect(after.broker.connections).toBeGreaterThan(0)
})
