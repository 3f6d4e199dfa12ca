import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DeviceAck, GatewayAck } from '@fettle/contracts/uplink'
import { deviceCredentials } from '@fettle/db/schema/devices'
import { createLogger } from '@fettle/platform/logging'
import { eventually } from '@fettle/testing/eventually'
import { hasMosquitto, startMosquitto } from '@fettle/testing/mosquitto'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { eq } from 'drizzle-orm'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, describe, expect, it } from 'vitest'
import { createDynamicSecurity } from '../src/broker/dynamic-security.ts'
import { createExternalBroker } from '../src/broker/external-broker.ts'
import type { ReceivedMessage } from '../src/broker/broker.ts'
import { batch, logger, plant, telemetry, type Credential, type Device } from './plant.ts'

const installed = await hasMosquitto()

// Skipped where it is not installed.
describe.skipIf(!installed)('behind Debian’s mosquitto', async () => {
  if (!installed) return
  const folder = await tempFolder('mosquitto')
  const mosquitto = await startMosquitto(folder.path)
  const accounts = createDynamicSecurity(mosquitto.url)
  const { url } = await testDatabase()
  const site = await plant(url)
  const clients: MqttClient[] = []
  afterAll(async () => {
    for (const client of clients) client.end(true)
    await accounts.close()
    await mosquitto.stop()
    await folder.remove()
  })
  const startIngest = () =>
    site.ingest({ mqtt: { url: mosquitto.url, accounts: createDynamicSecurity(mosquitto.url) } })
  let ingest = await startIngest()

  async function device(key?: string): Promise<Device> {
    const made = await site.addDevice(key)
    await accounts.grant({ kind: 'device', key: made.key }, made.secret)
    return made
  }
  async function connect({ key, secret }: Credential): Promise<MqttClient> {
    const there = `mqtt://127.0.0.1:${mosquitto.port}`
    const client = await connectAsync(there, { username: key, password: secret, reconnectPeriod: 200 }, false)
    client.on('error', () => {})
    clients.push(client)
    return client
  }
  const stored = ({ signals }: Device) =>
    site.store.raw({ signalId: signals.temp, fromMs: 0, toMs: Date.now() + 60_000 })
  const storedCount = (from: Device, count: number) =>
    eventually(async () => (await stored(from)).times.length >= count, { what: `${count} stored`, timeoutMs: 30_000 })
  /** Messages to the client’s acknowledgement topic, as they come. */
  async function acksOf<Ack>(client: MqttClient, topic: string): Promise<Ack[]> {
    const acks: Ack[] = []
    client.on('message', (_, payload) => acks.push(JSON.parse(payload.toString()) as Ack))
    await client.subscribeAsync(topic)
    return acks
  }

  it('stores what a device sends and tells it so on its own topic', async () => {
    const from = await device()
    const client = await connect(from)
    const acks = await acksOf<DeviceAck>(client, `fettle/v1/devices/${from.key}/ack`)
    const ts = Date.now()
    await client.publishAsync(telemetry(from), JSON.stringify({ ts, values: { temp: 71.2, nothing: 1 } }), { qos: 1 })
    await eventually(() => acks.length === 1, { what: 'the acknowledgement' })
    expect(acks).toEqual([{ accepted: 1, newestMs: ts, rejected: [{ code: 'signal/unknown', readings: 1 }] }])
    await storedCount(from, 1)
  })

  it('takes batches of a gateway and acknowledges them cumulatively', async () => {
    const machine = await site.addDevice()
    const gateway = await site.addGateway()
    await accounts.grant({ kind: 'gateway', key: gateway.key }, gateway.secret)
    const client = await connect(gateway)
    const acks = await acksOf<GatewayAck>(client, `fettle/v1/gateways/${gateway.key}/ack`)
    const from = Date.now() - 100_000
    for (let seq = 0; seq < 50; seq++) {
      const readings = [[machine.key, 'temp', from + seq * 1_000, seq, 0]]
      const message = { gatewayId: gateway.key, bootId: 'boot', seq, readings }
      client.publish(batch(gateway), JSON.stringify(message), { qos: 1 })
    }
    await eventually(() => acks.at(-1)?.seq === 49, { what: 'the last batch to be acknowledged' })
    expect(acks.map(({ seq }) => seq)).toEqual(
      [...acks.keys()].map((index) => acks[index]?.seq).sort((a, b) => a! - b!),
    )
    await storedCount(machine, 50)
  })

  it('lets nobody in without an account, and nobody speak for another', async () => {
    const [from, other] = [await device(), await device()]
    await expect(connect({ key: from.key, secret: 'guessed' })).rejects.toThrow(/not authori[sz]ed/i)
    const client = await connect(from)
    await client.publishAsync(telemetry(other), '{"temp":1}', { qos: 1 })
    await client.publishAsync(telemetry(from), '{"temp":2}', { qos: 1 })
    await storedCount(from, 1)
    expect((await stored(other)).times).toEqual([])
  })

  it('ends the connection and the account of whoever lost their credential', async () => {
    const from = await device()
    const client = await connect(from)
    const ended = new Promise<void>((resolve) => client.once('close', () => resolve()))
    const { db } = site.database
    await db.update(deviceCredentials).set({ revokedAt: new Date() }).where(eq(deviceCredentials.username, from.key))
    await ended
    await eventually(async () => expect(await accounts.usernames()).not.toContain(from.key), {
      what: 'the account to be gone',
    })
  })

  it('keeps for us what comes while we are away', async () => {
    const from = await device()
    const client = await connect(from)
    await ingest.stop()
    const start = Date.now() - 10_000
    for (let n = 0; n < 500; n++) {
      client.publish(telemetry(from), JSON.stringify({ ts: start + n, values: { temp: n } }), { qos: 1 })
    }
    await client.publishAsync(telemetry(from), JSON.stringify({ ts: start + 500, values: { temp: 500 } }), { qos: 1 })
    expect((await stored(from)).times).toEqual([])
    ingest = await startIngest()
    await storedCount(from, 501)
    expect((await stored(from)).values).toEqual([...Array(501).keys()])
  })

  it('goes on after the broker was killed, and misses nothing that a gateway sends until it is acknowledged', async () => {
    const from = await device()
    const client = await connect(from)
    const acks = await acksOf<DeviceAck>(client, `fettle/v1/devices/${from.key}/ack`)
    await mosquitto.kill()
    await mosquitto.start()
    const ts = Date.now()
    // A sender that keeps its readings until they are acknowledged, as a gateway does.
    await eventually(
      async () => {
        if (acks.length > 0) return true
        if (client.connected) client.publish(telemetry(from), JSON.stringify({ ts, values: { temp: 3 } }), { qos: 1 })
        return false
      },
      { what: 'an acknowledgement', timeoutMs: 30_000, everyMs: 200 },
    )
    expect(acks[0]).toMatchObject({ accepted: 1, newestMs: ts })
    await storedCount(from, 1)
  })

  it('says what is wrong when the broker refuses us', async () => {
    const wrong = mosquitto.url.replace('for-the-test-alone', 'wrong')
    const broker = createExternalBroker({ url: wrong, logger, receive: async () => undefined })
    await expect(broker.start()).rejects.toThrow(/cannot be used: .*(not authorised|user name or password)/)
  })
})

describe.skipIf(!installed)('acknowledgements', async () => {
  if (!installed) return
  const folder = await tempFolder('mosquitto')
  const mosquitto = await startMosquitto(folder.path)
  afterAll(async () => {
    await mosquitto.stop()
    await folder.remove()
  })

  it('messages are taken side by side, and one that is not taken comes again with all after it', async () => {
    const accounts = createDynamicSecurity(mosquitto.url)
    const taken: string[] = []
    const held: (() => void)[] = []
    let refuse = true
    const receive = async ({ payload }: ReceivedMessage) => {
      const text = payload.toString()
      if (text === '2' && refuse) {
        refuse = false
        throw new Error('the disk is full')
      }
      if (refuse) await new Promise<void>((resolve) => held.push(resolve))
      taken.push(text)
      return undefined
    }
    const broker = createExternalBroker({ url: mosquitto.url, logger, receive, accounts })
    await broker.start()
    await accounts.grant({ kind: 'device', key: 'P-1' }, 'secret')
    const there = `mqtt://127.0.0.1:${mosquitto.port}`
    const client = await connectAsync(there, { username: 'P-1', password: 'secret' })
    for (let n = 0; n < 5; n++) client.publish('fettle/v1/devices/P-1/telemetry', String(n), { qos: 1 })
    await eventually(() => !refuse && held.length === 2, { what: 'three messages to be under way' })
    for (const release of held) release()
    await eventually(() => taken.lastIndexOf('4') > taken.lastIndexOf('2') && taken.includes('2'), {
      what: 'the rest to come again',
    })
    expect(taken.slice(taken.lastIndexOf('2'))).toEqual(['2', '3', '4'])
    await client.endAsync()
    await broker.stop()
  })
})

describe.skipIf(!installed)('a broker that', async () => {
  if (!installed) return
  const folder = await tempFolder('mosquitto')
  const mosquitto = await startMosquitto(folder.path)
  const accountsFile = path.join(folder.path, 'mosquitto', 'dynamic-security.json')
  const administrator = createDynamicSecurity(mosquitto.url)
  afterAll(async () => {
    await administrator.close()
    await mosquitto.stop()
    await folder.remove()
  })
  async function listen() {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) }
    const taken: string[] = []
    const broker = createExternalBroker({
      url: mosquitto.url,
      logger: createLogger({ name: 'test', level: 'info', pretty: false, destination }),
      receive: async ({ payload }) => void taken.push(payload.toString()),
      accounts: createDynamicSecurity(mosquitto.url),
    })
    await broker.start()
    return { broker, lines, taken }
  }
  /** As a device does: again until somebody has it. */
  async function untilTaken(taken: readonly string[], text: string): Promise<void> {
    await eventually(() => administrator.grant({ kind: 'device', key: 'P-1' }, 'secret').then(() => true), {
      what: 'an account',
    })
    const client = await connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, { username: 'P-1', password: 'secret' })
    const send = () => client.publishAsync('fettle/v1/devices/P-1/telemetry', text, { qos: 1 })
    await eventually(() => send().then(() => taken.includes(text)), { what: text, everyMs: 200, timeoutMs: 20_000 })
    await client.endAsync()
  }

  it('lost its accounts lets us in again, and the log says so once', async () => {
    const { broker, lines, taken } = await listen()
    await untilTaken(taken, 'before')
    await mosquitto.stop()
    const kept = JSON.parse(await readFile(accountsFile, 'utf8')) as { clients: { username: string }[] }
    const clients = kept.clients.filter(({ username }) => username === 'fettle')
    expect([clients.length, kept.clients.length]).toEqual([1, 3])
    await writeFile(accountsFile, JSON.stringify({ ...kept, clients }))
    await mosquitto.start()
    await untilTaken(taken, 'after')
    expect(lines).toEqual([
      'lost the MQTT broker; devices and gateways keep their readings',
      expect.stringMatching(/had lost our account, which is made again; .*dynamic-security\.json/),
      'the MQTT broker is back',
    ])
    await broker.stop()
  })

  it('is somebody else’s now keeps us out, and the log says so once', async () => {
    const first = await listen()
    const second = await listen()
    await untilTaken(second.taken, 'second')
    await eventually(() => first.lines.length === 2, { what: 'the first to be told', timeoutMs: 20_000 })
    expect(first.lines[1]).toMatch(
      /does not let us in any more: .*; if no other Fettle uses its account, start this one/,
    )
    expect(second.lines).toEqual([])
    await first.broker.stop()
    await second.broker.stop()
  })

  it('is away says so to whoever wants to change an account', async () => {
    expect(await administrator.usernames()).toEqual(['P-1'])
    await mosquitto.stop()
    await eventually(
      () =>
        administrator.usernames().then(
          () => false,
          ({ code }) => code === 'broker/unreachable',
        ),
      {
        what: 'the administrator to notice',
      },
    )
    await mosquitto.start()
    await eventually(
      () =>
        administrator.usernames().then(
          (names) => names.includes('P-1'),
          () => false,
        ),
      {
        what: 'the administrator to be back',
        timeoutMs: 20_000,
      },
    )
  })
})
