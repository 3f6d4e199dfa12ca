import type { GatewayAck } from '@fettle/contracts/uplink'
import { gateways } from '@fettle/db/schema/devices'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { eq } from 'drizzle-orm'
import type { MqttClient } from 'mqtt'
import { describe, expect, it } from 'vitest'
import { batch, plant, telemetry, type Credential, type Device } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
const devices: Device[] = []
for (let i = 0; i < 30; i++) devices.push(await site.addDevice())
const freshDevice = () => devices.pop()!
const ingest = await site.ingest()
const { store } = site
const now = Date.now()

interface Link {
  client: MqttClient
  acks: GatewayAck[]
  /** Publishes a batch; resolves with PUBACK. */
  send(seq: number, readings: unknown[], bootId?: string): Promise<unknown>
  acked(seq: number): Promise<GatewayAck>
}

async function link(gateway: Credential): Promise<Link> {
  const client = await site.connect(ingest, gateway, { clientId: `fettle-gateway-${gateway.key}` })
  const acks: GatewayAck[] = []
  client.on('message', (_, payload) => acks.push(JSON.parse(payload.toString()) as GatewayAck))
  await client.subscribeAsync(`fettle/v1/gateways/${gateway.key}/ack`, { qos: 1 })
  return {
    client,
    acks,
    send: (seq, readings, bootId = 'boot') =>
      client.publishAsync(batch(gateway), JSON.stringify({ gatewayId: gateway.key, bootId, seq, readings }), {
        qos: 1,
      }),
    acked: (seq) => eventually(() => acks.find((ack) => ack.seq === seq), { what: `the acknowledgement of ${seq}` }),
  }
}

const raw = ({ signals }: Device) =>
  store.raw({ signalId: signals.temp, fromMs: now - 1_000_000, toMs: now + 1_000_000 })
const stored = (device: Device, count: number) =>
  eventually(async () => (await raw(device)).times.length >= count && raw(device), { what: `${count} stored readings` })

describe('batches', () => {
  it('are stored for all their machines and acknowledged cumulatively', async () => {
    const [a, b] = [freshDevice(), freshDevice()]
    const { send, acked, acks } = await link(await site.addGateway())
    await Promise.all([
      send(7, [
        [a.key, 'temp', now, 1, 0],
        [b.key, 'temp', now, 2, 1],
        [a.key, 'run', now, true, 0],
      ]),
      send(8, [[a.key, 'temp', now + 1, null, 2]]),
    ])
    expect(await acked(8)).toEqual({ bootId: 'boot', seq: 8, rejected: [] })
    expect(acks.map(({ seq }) => seq)).toEqual([7, 8])
    expect(await stored(a, 2)).toEqual({ times: [now, now + 1], values: [1, null], qualities: [0, 2] })
    expect(await stored(b, 1)).toEqual({ times: [now], values: [2], qualities: [1] })
  })

  it('that come again are acknowledged again and stored once', async () => {
    const device = freshDevice()
    const gateway = await site.addGateway()
    const first = await link(gateway)
    const readings = (seq: number) => [[device.key, 'temp', now + seq, seq, 0]]
    for (const seq of [0, 1, 2]) await first.send(seq, readings(seq))
    await first.acked(2)
    const { readings: before } = await ingest.stats()
    const second = await link(gateway)
    for (const seq of [1, 2, 3]) await second.send(seq, readings(seq))
    await second.acked(3)
    expect(second.acks.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect((await ingest.stats()).readings - before).toBe(1)
    expect((await stored(device, 4)).values).toEqual([0, 1, 2, 3])
  })

  it('that jump ahead are stored, but acknowledged only when what is missing has come', async () => {
    const device = freshDevice()
    const { send, acks, acked } = await link(await site.addGateway())
    const one = (seq: number) => send(seq, [[device.key, 'temp', now + seq, seq, 0]])
    await one(0)
    await one(2)
    expect((await stored(device, 2)).values).toEqual([0, 2])
    await eventually(() => acks.length === 2, { what: 'two answers' })
    expect(acks.map(({ seq }) => seq)).toEqual([0, 0])
    await one(1)
    await one(2)
    await acked(2)
    expect((await stored(device, 3)).values).toEqual([0, 1, 2])
  })

  it('of a new boot begin anew', async () => {
    const { send, acks } = await link(await site.addGateway())
    await send(40, [], 'old')
    await send(0, [], 'new')
    await eventually(() => acks.length === 2, { what: 'two answers' })
    expect(acks.map(({ bootId, seq }) => [bootId, seq])).toEqual([
      ['old', 40],
      ['new', 0],
    ])
  })

  it.each<[string, (device: Device) => unknown, string]>([
    ['an unknown device', () => ['nobody', 'temp', now, 1, 0], 'device/unknown'],
    ['an unknown signal', ({ key }) => [key, 'tmp', now, 1, 0], 'signal/unknown'],
    ['a wrong type', ({ key }) => [key, 'temp', now, [1], 0], 'value/wrong-type'],
    ['NaN', ({ key }) => [key, 'temp', now, 'NaN', 0], 'value/not-a-number'],
    ['1970', ({ key }) => [key, 'temp', 0, 1, 0], 'time/too-old'],
    ['2100', ({ key }) => [key, 'temp', Date.UTC(2100, 0), 1, 0], 'time/too-far-ahead'],
    ['no tuple', () => ({ temp: 1 }), 'payload/wrong-shape'],
  ])('with %s are taken but for that, which has its index and a dead letter', async (_, bad, code) => {
    const device = freshDevice()
    const gateway = await site.addGateway()
    const { send, acked } = await link(gateway)
    await send(0, [[device.key, 'temp', now, 1, 0], bad(device), [device.key, 'temp', now + 1, 2, 0]])
    expect((await acked(0)).rejected).toEqual([{ index: 1, code }])
    expect((await stored(device, 2)).values).toEqual([1, 2])
    const letters = (await site.letters()).filter(({ source }) => source === gateway.key)
    expect(letters).toMatchObject([{ code, readings: 1, topic: batch(gateway) }])
  })

  it.each<[string, (gateway: Credential) => string | Buffer, string, boolean]>([
    ['malformed JSON', () => '{"gatewayId":', 'payload/malformed', false],
    ['a message of 5 MB', () => Buffer.alloc(5_000_000, 32), 'payload/too-large', false],
    [
      'another gateway’s name',
      () => '{"gatewayId":"G","bootId":"boot","seq":1,"readings":[]}',
      'payload/wrong-shape',
      false,
    ],
    [
      'readings that are none',
      ({ key }) => `{"gatewayId":"${key}","bootId":"boot","seq":1,"readings":{}}`,
      'payload/wrong-shape',
      true,
    ],
  ])('that are %s are put aside and do not hold up those behind them', async (_, payload, code, named) => {
    const device = freshDevice()
    const gateway = await site.addGateway()
    const { client, send, acked, acks } = await link(gateway)
    await send(0, [])
    await client.publishAsync(batch(gateway), payload(gateway), { qos: 1 })
    await send(2, [[device.key, 'temp', now, 9, 0]])
    await acked(2)
    expect(acks.find(({ seq }) => seq === 1)?.rejected).toEqual(named ? [{ index: -1, code }] : undefined)
    expect((await stored(device, 1)).values).toEqual([9])
    const letters = (await site.letters()).filter(({ source }) => source === gateway.key)
    expect(letters).toMatchObject([{ code, readings: 1 }])
  })
})

it('a gateway speaks for its own customer’s machines only', async () => {
  const device = freshDevice()
  const gateway = await site.addForeignGateway('GW-foreign')
  const { send, acked } = await link(gateway)
  await send(0, [[device.key, 'temp', now, 666, 0]])
  expect((await acked(0)).rejected).toEqual([{ index: 0, code: 'device/unknown' }])
  const letters = (await site.letters()).filter(({ source }) => source === gateway.key)
  expect(letters).toMatchObject([{ code: 'device/unknown', readings: 1 }])
})

it('a gateway may not publish as a device, nor as another gateway', async () => {
  const device = freshDevice()
  const [gateway, other] = [await site.addGateway(), await site.addGateway()]
  const { client, send, acked } = await link(gateway)
  for (const topic of [telemetry(device), batch(other)]) await client.publishAsync(topic, '{"temp":1}', { qos: 1 })
  await send(0, [])
  await acked(0)
  const letters = (await site.letters()).filter(({ source }) => source === gateway.key)
  expect(letters.map(({ code }) => code)).toEqual(['topic/foreign', 'topic/foreign'])
})

it('a status is kept with the time it came, and a batch alone shows that the gateway is there', async () => {
  const [reporting, silent] = [await site.addGateway(), await site.addGateway()]
  const { client } = await link(reporting)
  const status = { bufferedBatches: 3, bufferAgeMs: 0, clockOffsetMs: 7, sources: [] }
  const topic = `fettle/v1/gateways/${reporting.key}/status`
  await client.publishAsync(topic, 'no JSON', { qos: 1 })
  await client.publishAsync(topic, JSON.stringify(status))
  await (await link(silent)).send(0, [])
  const rowOf = async ({ key }: Credential) => {
    const [row] = await site.database.db.select().from(gateways).where(eq(gateways.key, key))
    return row?.lastSeenAt && row
  }
  const reported = await eventually(() => rowOf(reporting), { what: 'the status' })
  expect(reported.status).toEqual({ ...status, clockOffsetMs: null })
  expect(reported.lastSeenAt!.getTime()).toBeGreaterThanOrEqual(now)
  expect((await eventually(() => rowOf(silent), { what: 'the time' })).status).toBeNull()
})
