import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createLogger } from '@fettle/platform/logging'
import { Aedes, type Client } from 'aedes'
import { expect, it, onTestFinished } from 'vitest'
import { createMqttOutlet, telemetryTopicOf } from '../src/replay/mqtt-outlet.ts'
import type { Sample } from '../src/replay/sample.ts'

const silent = createLogger({ name: 'test', level: 'silent' })
const startMs = Date.UTC(2013, 11, 2, 21, 15)
const samples: Sample[] = [
  { tsMs: startMs, values: [73.96732207, 1] },
  { tsMs: startMs + 300_000, values: [null, 2] },
  { tsMs: startMs + 600_000, values: [-2.5, 3] },
]
const never = new AbortController().signal
const topic = telemetryTopicOf('M1')

interface Published {
  topic: string
  qos: number
  message: unknown
  client: Client
  acknowledge: () => void
}

/** A broker that says what it got, and acknowledges when it is told to. */
async function startBroker() {
  const broker = await Aedes.createBroker()
  const published: Published[] = []
  let arrived = () => {}
  let refusals = 0
  broker.authenticate = (_client, username, password, done) =>
    done(null, refusals-- <= 0 && username === 'M1' && password?.toString() === 'secret')
  broker.authorizePublish = (client, packet, done) => {
    if (!client) return done(null)
    published.push({
      topic: packet.topic,
      qos: packet.qos,
      message: JSON.parse(packet.payload.toString()),
      client,
      acknowledge: () => done(null),
    })
    arrived()
  }
  const server = createServer(broker.handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await new Promise<void>((resolve) => broker.close(() => resolve()))
    server.close()
  })
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    published,
    refuseNext: (times: number) => void (refusals = times),
    async next(): Promise<Published> {
      while (published.length === 0) await new Promise<void>((resolve) => (arrived = resolve))
      return published.shift()!
    },
  }
}

async function open(url: string, { password = 'secret', logger = silent } = {}) {
  const account = { username: 'M1', password }
  const outlet = createMqttOutlet({ device: 'M1', signals: ['temperature', 'row'], url, topic, logger, ...account })
  onTestFinished(() => outlet.close())
  await outlet.open(samples[0]!)
  return outlet
}

it('publishes the next sample when the broker has acknowledged the one before', async () => {
  const broker = await startBroker()
  const outlet = await open(broker.url)
  const taken: Sample[] = []
  const stepping = outlet.step(samples, (sample) => taken.push(sample), never)
  for (const [index, sample] of samples.entries()) {
    const { acknowledge, client: _, ...message } = await broker.next()
    const [temperature, row] = sample.values
    expect(message).toEqual({ topic, qos: 1, message: { ts: sample.tsMs, values: { temperature, row } } })
    expect(taken).toHaveLength(index)
    expect(broker.published).toEqual([])
    acknowledge()
  }
  await stepping
  expect(taken).toEqual(samples)
})

it('publishes again what a lost connection leaves unacknowledged', async () => {
  const broker = await startBroker()
  const outlet = await open(broker.url)
  const stepping = outlet.step(samples.slice(0, 2), () => {}, never)
  const lost = await broker.next()
  lost.client.conn.destroy()
  const again = await broker.next()
  expect(again.message).toEqual(lost.message)
  again.acknowledge()
  const { message, acknowledge } = await broker.next()
  expect(message).toMatchObject({ values: { row: 2 } })
  acknowledge()
  await stepping
})

it('goes on when the broker has let it in again, and says so in three lines', async () => {
  const broker = await startBroker()
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) }
  const logger = createLogger({ name: 'test', level: 'info', pretty: false, destination })
  const outlet = await open(broker.url, { logger })
  const stepping = outlet.step(samples.slice(0, 1), () => {}, never)
  const lost = await broker.next()
  broker.refuseNext(1)
  lost.client.conn.destroy()
  const again = await broker.next()
  expect(again.message).toEqual(lost.message)
  again.acknowledge()
  await stepping
  expect(lines).toEqual([
    'the connection to the broker was lost; trying again',
    expect.stringMatching(/^the broker cannot be reached: Connection refused/),
    'the broker is back',
  ])
})

it('ends while it waits for an acknowledgement', async () => {
  const broker = await startBroker()
  const outlet = await open(broker.url)
  const stopping = new AbortController()
  const stepping = outlet.step(samples, () => {}, stopping.signal)
  await broker.next()
  stopping.abort(new Error('enough'))
  await expect(stepping).rejects.toThrow('enough')
})

it('says that it is not let in', async () => {
  const { url } = await startBroker()
  await expect(open(url, { password: 'wrong' })).rejects.toThrow(`${url} does not let M1 in: Connection refused`)
})

it('says that there is no broker', async () => {
  await expect(open('mqtt://127.0.0.1:9')).rejects.toThrow(/does not let M1 in: .*ECONNREFUSED/)
})
