import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import { connect, connectAsync, type MqttClient } from 'mqtt'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runSimulator, type RunningSimulator } from './running-simulator.ts'

interface Message {
  topic: string
  qos: number
  payload: Record<string, unknown>
}

describe('pumps on the plant’s broker', () => {
  async function listen({ endpoint }: RunningSimulator): Promise<{ messages: Message[]; client: MqttClient }> {
    const { host, port, username, password } = endpoint('plant-mqtt')
    const client = await connectAsync(`mqtt://${host}:${port}`, { username, password })
    onTestFinished(() => client.endAsync(true))
    const messages: Message[] = []
    client.on('message', (topic, payload, { qos }) => {
      messages.push({ topic, qos, payload: JSON.parse(payload.toString()) as Record<string, unknown> })
    })
    await client.subscribeAsync('plant/#')
    return { messages, client }
  }

  it('publish every second what their controllers show, with the time', async () => {
    const running = await runSimulator()
    const { messages } = await listen(running)
    const key = 'P100-2208-0301'
    const of = (deviceKey: string) => messages.filter(({ topic }) => topic === `plant/pumps/${deviceKey}/telemetry`)
    await vi.waitFor(() => expect(of(key).length).toBeGreaterThanOrEqual(2), 10_000)
    const expected = running.simulator.snapshot().find((machine) => machine.deviceKey === key)!.values
    expect(of(key).at(-1)!.payload).toEqual({ ts: running.clock.now(), ...expected })
    await vi.waitFor(() => {
      expect(of('P100-2208-0302')[0]?.payload['run_state']).toBe(2)
      expect(of('P100-2208-0303')[0]?.payload['run_state']).toBe(0)
    }, 10_000)
  })

  it('publish a forced signal', async () => {
    const running = await runSimulator()
    const { messages } = await listen(running)
    await vi.waitFor(() => expect(messages.length).toBeGreaterThan(0), 10_000)
    running.simulator.forceSignal('P100-2208-0301', 'vibration', 9.99)
    await vi.waitFor(() => expect(messages.some(({ payload }) => payload['vibration'] === 9.99)).toBe(true), 10_000)
  })

  it.each([
    ['a wrong password', { username: 'pumps', password: 'guess' }],
    ['a wrong user', { username: 'root', password: 'runchang-plant' }],
    ['no credentials', {}],
  ])('refuses %s', async (_, credentials) => {
    const { endpoint } = await runSimulator()
    const { host, port } = endpoint('plant-mqtt')
    const stranger = connect(`mqtt://${host}:${port}`, { ...credentials, reconnectPeriod: 0 })
    const error = await new Promise<Error & { code?: number }>((resolve) => stranger.once('error', resolve))
    expect(error.code).toBe(4)
    await stranger.endAsync(true)
  })

  it('fall silent when their communication is lost, one by one, and speak again', async () => {
    const running = await runSimulator()
    const { messages } = await listen(running)
    const key = 'P100-2208-0301'
    const count = (deviceKey: string) => messages.filter(({ topic }) => topic.includes(deviceKey)).length
    await vi.waitFor(() => expect(count(key)).toBeGreaterThan(0), 10_000)
    running.simulator.inject(key, { mode: 'lost-communication' })
    const [silent, other] = [count(key), count('P100-2208-0302')]
    await vi.waitFor(() => expect(count('P100-2208-0302')).toBeGreaterThan(other + 2), 10_000)
    expect(count(key)).toBeLessThanOrEqual(silent + 1) // one may have been on its way
    const before = count(key)
    running.simulator.clear(key, 'lost-communication')
    await vi.waitFor(() => expect(count(key)).toBeGreaterThan(before), 10_000)
  })
})

describe('a pump that publishes to Fettle', () => {
  const key = 'P100-2305-0412'

  /** A broker that knows one device, keeps what it gets, and can be switched off and on at its port. */
  async function platformBroker() {
    const received: Message[] = []
    const sockets = new Set<Socket>()
    const aedes = await Aedes.createBroker({
      authenticate: (client, username, password, done) =>
        done(null, client.id === key && username === key && password?.toString() === 'secret'),
      authorizePublish(_client, { topic, qos, payload }, done) {
        received.push({ topic, qos, payload: JSON.parse(payload.toString()) as Record<string, unknown> })
        done()
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
    return { received, port, url: `mqtt://127.0.0.1:${port}`, on, off }
  }

  it('uses its topic, credentials, QoS 1 and format', async () => {
    const broker = await platformBroker()
    const credentials = { [key]: { username: key, password: 'secret' } }
    const running = await runSimulator({ platformMqtt: { url: broker.url, credentials } })
    await vi.waitFor(() => expect(broker.received.length).toBeGreaterThan(0), 10_000)
    const values = running.simulator.snapshot().find((machine) => machine.deviceKey === key)!.values
    expect(broker.received[0]).toEqual({
      topic: `fettle/v1/devices/${key}/telemetry`,
      qos: 1,
      payload: { ts: running.clock.now(), values },
    })
  })

  it('comes back by itself after the broker was away', async () => {
    const broker = await platformBroker()
    const credentials = { [key]: { username: key, password: 'secret' } }
    await runSimulator({ platformMqtt: { url: broker.url, credentials } })
    await vi.waitFor(() => expect(broker.received.length).toBeGreaterThan(0), 10_000)
    await broker.off()
    const before = broker.received.length
    await broker.on(broker.port)
    await vi.waitFor(() => expect(broker.received.length).toBeGreaterThan(before), 20_000)
  })

  it('refuses to start without credentials, and leaves nothing running', async () => {
    const starting = runSimulator({ platformMqtt: { url: 'mqtt://127.0.0.1:1', credentials: {} } })
    await expect(starting).rejects.toThrow('no MQTT credentials for P100-2305-0412')
  })
})
