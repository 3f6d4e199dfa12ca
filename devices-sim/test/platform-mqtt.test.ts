import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Credentials } from '../src/mqtt/platform-site.ts'
import { fleetOn, runSimulator } from './running-simulator.ts'

const [live, late] = ['CH1000-2108-0007', 'CH1000-2108-0009']
const credentials: Record<string, Credentials> = {
  [live]: { username: live, password: 'secret' },
  [late]: { username: late, password: 'secret' },
}
const minuteMs = 60_000

interface Row {
  ts: number
  values: Record<string, number>
}
interface Message {
  topic: string
  qos: number
  payload: Row | Row[]
}

/** A broker that knows the devices, keeps what it gets, and can be switched off and on at its port, or stop acknowledging. */
async function platformBroker() {
  const received: Message[] = []
  const sockets = new Set<Socket>()
  const held: (() => void)[] = []
  let holds: (message: Message) => boolean = () => false
  const aedes = await Aedes.createBroker({
    authenticate: (client, username, password, done) =>
      done(null, client.id === username && client.id in credentials && password?.toString() === 'secret'),
    authorizePublish(_client, { topic, qos, payload }, done) {
      const message = { topic, qos, payload: JSON.parse(payload.toString()) as Message['payload'] }
      received.push(message)
      if (holds(message)) held.push(() => done())
      else done()
    },
  })
  const server = createServer((socket) => {
    sockets.add(socket)
    aedes.handle(socket)
  })
  const on = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const off = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await on(0)
  onTestFinished(async () => {
    await off()
    await new Promise<void>((resolve) => aedes.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const of = (key: string) => received.filter(({ topic }) => topic === `fettle/v1/devices/${key}/telemetry`)
  return {
    received,
    of,
    batches: (key: string) => of(key).filter(({ payload }) => Array.isArray(payload)),
    single: (key: string) => of(key).flatMap(({ payload }) => (Array.isArray(payload) ? [] : payload)),
    /** Keeps messages like this without acknowledging them, until released. */
    hold: (which: (message: Message) => boolean) => void (holds = which),
    release() {
      holds = () => false
      for (const done of held.splice(0)) done()
    },
    port,
    url: `mqtt://127.0.0.1:${port}`,
    on,
    off,
  }
}

async function start() {
  const broker = await platformBroker()
  const sites = fleetOn('platform-mqtt')
  const running = await runSimulator({ sites, platformMqtt: { url: broker.url, credentials } })
  /** The clock goes on until the condition holds; the machines speak every five seconds of it. */
  const until = (holds: () => boolean) =>
    vi.waitFor(
      () => {
        running.clock.advance(5_000)
        expect(holds()).toBe(true)
      },
      { timeout: 20_000, interval: 50 },
    )
  return { broker, ...running, until }
}

describe('a chiller that publishes to Fettle', () => {
  it('uses its topic, credentials, QoS 1 and format', async () => {
    const { broker, until, clock, machine } = await start()
    await until(() => broker.single(live).length > 1)
    const newest = broker.of(live).at(-1)!
    expect(newest).toMatchObject({ topic: `fettle/v1/devices/${live}/telemetry`, qos: 1 })
    await vi.waitFor(() => {
      expect(broker.single(live).at(-1)).toEqual({ ts: clock.now(), values: machine(live).values })
    }, 5_000)
  })

  it('keeps what it measures while the broker is away, and sends it afterwards in order, in one array', async () => {
    const { broker, until, clock } = await start()
    await until(() => broker.single(live).length > 0)
    await broker.off()
    const before = broker.received.length
    const awayFrom = clock.now()
    await until(() => clock.now() > awayFrom + 40_000)
    await broker.on(broker.port)
    const kept = () => broker.batches(live).flatMap(({ payload }) => payload as Row[])
    const times = () => kept().flatMap(({ ts }) => (ts > awayFrom ? ts : []))
    await until(() => times().length > 0)
    expect(times()).toEqual(times().toSorted((a, b) => a - b))
    expect(times().length).toBeGreaterThan(3)
    // The batch follows a live reading: it is later than all of it.
    expect(broker.received.slice(before).find(({ topic }) => topic.includes(live))!.payload).not.toBeInstanceOf(Array)
  })

  it('takes a reading as lost until it is acknowledged', async () => {
    const { broker, until } = await start()
    await until(() => broker.single(live).length > 0)
    const isLive = ({ topic, payload }: Message) => topic.includes(live) && !Array.isArray(payload)
    broker.hold(isLive)
    const heard = broker.single(live).length
    await until(() => broker.single(live).length > heard)
    const unacknowledged = broker.single(live).at(-1)!
    await broker.off()
    broker.release()
    await broker.on(broker.port)
    const kept = () => broker.batches(live).flatMap(({ payload }) => payload as Row[])
    await until(() => kept().some(({ ts }) => ts === unacknowledged.ts))
    expect(kept()).toContainEqual(unacknowledged)
  })

  it('refuses to start without credentials, and leaves nothing running', async () => {
    const starting = runSimulator({ platformMqtt: { url: 'mqtt://127.0.0.1:1', credentials: {} } })
    await expect(starting).rejects.toThrow('no MQTT credentials for CH1000-2108-0007')
  })
})

describe('the chiller whose link is down at the beginning', () => {
  it('is silent, runs, and has kept 47 minutes of readings by the same physics', async () => {
    const { broker, until, machine } = await start()
    await until(() => broker.single(live).length > 2)
    expect(broker.of(late)).toEqual([])
    expect(machine(late)).toMatchObject({ running: true, online: false })
    expect(machine(late).faults).toEqual([
      { mode: 'lost-communication', since: '2026-04-15T03:13:00.000Z', progress: 1 },
    ])
  })

  it('returns by itself after twelve minutes: live readings first, and beside them the backlog, batch after batch', async () => {
    const { broker, until, clock, simulator } = await start()
    const startedAt = clock.now()
    await until(() => broker.single(live).length > 0)
    // The fleet catches up with ten minutes at most.
    clock.advance(9 * minuteMs)
    await until(() => broker.single(live).some(({ ts }) => ts > startedAt + 9 * minuteMs))
    expect(broker.of(late)).toEqual([])
    broker.hold(({ payload }) => Array.isArray(payload))
    clock.advance(3 * minuteMs)
    await until(() => broker.batches(late).length === 1)
    expect(simulator.snapshot().find(({ deviceKey }) => deviceKey === late)).toMatchObject({ online: true })
    // Without the acknowledgement of the first batch there is no second one, and live readings do not wait for it.
    const liveBefore = broker.single(late).length
    expect(liveBefore).toBeGreaterThan(0)
    await until(() => broker.single(late).length > liveBefore + 2)
    expect(broker.batches(late)).toHaveLength(1)
    broker.release()
    await vi.waitFor(() => expect(broker.batches(late).length).toBeGreaterThan(1), 10_000)
    const batches = () => broker.batches(late).map(({ payload }) => payload as Row[])
    const lastKept = () =>
      Math.max(
        ...batches()
          .flat()
          .map(({ ts }) => ts),
      )
    await vi.waitFor(() => expect(lastKept()).toBeGreaterThan(startedAt + 11 * minuteMs), 10_000)
    const times = batches()
      .flat()
      .map(({ ts }) => ts)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
    expect(times[0]).toBe(startedAt - 47 * minuteMs + 5_000)
    expect(times.filter((ts) => ts < startedAt)).toHaveLength((47 * minuteMs) / 5_000 - 1)
    for (const batch of batches()) {
      expect(batch.reduce((sum, { values }) => sum + Object.keys(values).length, 0)).toBeLessThanOrEqual(5_000)
    }
    const seen = batches()
      .flat()
      .map(({ values }) => values['condensing_pressure'])
    expect(new Set(seen).size).toBeGreaterThan(50)
  })
})
