import { connect, connectAsync, type MqttClient } from 'mqtt'
import sparkplug from 'sparkplug-payload'
import type { UPayload } from 'sparkplug-payload/lib/sparkplugbpayload.js'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fleetOn, runSimulator, type RunningSimulator } from './running-simulator.ts'

const { decodePayload, encodePayload } = sparkplug.get('spBv1.0')!
const [first, second, standby] = ['P100-2208-0301', 'P100-2208-0302', 'P100-2208-0303']
const site = 'runchang-liaocheng'
const node = 'spBv1.0/Runchang/NCMD/pumphouse'

interface Message {
  /** NBIRTH, DDATA and so on. */
  type: string
  topic: string
  device?: string
  payload: UPayload
}

/** A host application: it subscribes, notes everything, and may ask for a rebirth. */
async function host({ endpoint }: RunningSimulator) {
  const { host: address, port, username, password, group } = endpoint('sparkplug', site)
  const client: MqttClient = await connectAsync(`mqtt://${address}:${port}`, { username, password })
  onTestFinished(() => client.endAsync(true))
  const messages: Message[] = []
  client.on('message', (topic, bytes) => {
    const [, , type = '', , device] = topic.split('/')
    if (type === 'NCMD') return
    messages.push({ type, topic, ...(device === undefined ? {} : { device }), payload: decodePayload(bytes) })
  })
  await client.subscribeAsync(`spBv1.0/${group}/#`)
  const of = (type: string, device?: string) =>
    messages.filter((message) => message.type === type && message.device === device)
  return {
    client,
    messages,
    of,
    rebirth: () =>
      client.publishAsync(
        node,
        Buffer.from(encodePayload({ metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }] })),
      ),
  }
}

/** A host that hears all from a birth on which it has asked for; the machines' time stands still since. */
async function start() {
  const running = await runSimulator({ sites: fleetOn('sparkplug') })
  const application = await host(running)
  const { messages, of, rebirth } = application
  await vi.waitFor(() => {
    running.clock.advance(1_000)
    expect(messages).not.toEqual([])
  }, 10_000)
  do {
    // Births that came by themselves may be told apart from the ones asked for by their number.
    const known = of('NBIRTH').length
    await rebirth()
    await vi.waitFor(() => expect(of('NBIRTH').length).toBeGreaterThan(known), 10_000)
    messages.splice(0, messages.indexOf(of('NBIRTH').at(-1)!))
    await vi.waitFor(() => expect(of('DBIRTH', standby)).toHaveLength(1), 10_000)
  } while (Number(messages[0]!.payload.timestamp) < running.clock.now())
  return { ...running, ...application }
}

const seqs = (messages: readonly Message[]) =>
  messages.filter(({ type }) => type !== 'NDEATH').map(({ payload }) => Number(payload.seq))
/** 64-bit numbers come as objects. */
const plain = (value: unknown) => (typeof value === 'object' ? Number(value) : value)
const values = ({ payload }: Message) =>
  Object.fromEntries((payload.metrics ?? []).map(({ name, value }) => [String(name), plain(value)]))

describe('an edge node', () => {
  it('is born with its session’s number and the rebirth control, and bears its devices with every metric', async () => {
    const { of, machine, endpoint, clock } = await start()
    expect(endpoint('sparkplug', site)).toMatchObject({
      group: 'Runchang',
      edgeNode: 'pumphouse',
      devices: [first, second, standby],
    })
    const [birth] = of('NBIRTH')
    expect(Number(birth!.payload.seq)).toBe(0)
    expect(birth!.topic).toBe('spBv1.0/Runchang/NBIRTH/pumphouse')
    expect(birth!.payload.metrics!.map(({ name, type }) => [name, type])).toEqual([
      ['bdSeq', 'Int64'],
      ['Node Control/Rebirth', 'Boolean'],
    ])
    const aliases = new Set<number>()
    for (const key of [first, second, standby]) {
      const [born] = of('DBIRTH', key)
      expect(values(born!)).toEqual(machine(key).values)
      expect(Number(born!.payload.timestamp)).toBe(clock.now())
      for (const metric of born!.payload.metrics!) {
        aliases.add(Number(metric.alias))
        expect(Number(metric.timestamp)).toBe(clock.now())
        const expected = { run_state: 'Int32', run_hours: 'UInt32' }[metric.name!] ?? 'Double'
        expect(metric.type, metric.name!).toBe(expected)
      }
    }
    expect(aliases.size).toBe(30)
  })

  it('reports by exception: changed metrics alone, by alias, with the machine’s time', async () => {
    const { of, clock, machine, messages } = await start()
    const names = new Map(of('DBIRTH', first)[0]!.payload.metrics!.map(({ alias, name }) => [Number(alias), name!]))
    const told = values(of('DBIRTH', first)[0]!)
    expect(of('DDATA', first)).toEqual([]) // its clock stands still: nothing changes
    for (let i = 0; i < 5; i++) {
      const before = of('DDATA', first).length
      clock.advance(1_000)
      await vi.waitFor(() => expect(of('DDATA', first).length).toBeGreaterThan(before), 10_000)
      const { payload } = of('DDATA', first).at(-1)!
      expect(Number(payload.timestamp)).toBe(clock.now())
      for (const { name, alias, value } of payload.metrics!) {
        expect(name ?? '').toBe('')
        const key = names.get(Number(alias))!
        expect(plain(value)).not.toBe(told[key])
        told[key] = plain(value)
      }
      expect(payload.metrics!.map(({ alias }) => names.get(Number(alias)))).not.toContain('run_hours')
      expect(told).toEqual(machine(first).values)
    }
    expect(seqs(messages)).toEqual(messages.map((_, i) => i))
  })

  it('numbers its messages from 0 to 255 and again from 0', async () => {
    const { clock, messages } = await start()
    await vi.waitFor(
      () => {
        clock.advance(1_000)
        expect(messages.length).toBeGreaterThan(300)
      },
      { timeout: 20_000, interval: 25 },
    )
    const numbers = seqs(messages)
    expect(numbers.every((seq, i) => seq === i % 256)).toBe(true)
  })

  it('answers a rebirth command, and no other command', async () => {
    const { of, client, rebirth, simulator } = await start()
    await client.publishAsync(node, Buffer.from('nonsense'))
    const off = { metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean' as const, value: false }] }
    await client.publishAsync(node, Buffer.from(encodePayload(off)))
    simulator.forceSignal(first, 'vibration', 9.99)
    await vi.waitFor(() => expect(of('DDATA', first)).not.toEqual([]), 10_000)
    expect(of('NBIRTH')).toHaveLength(1)
    await rebirth()
    await vi.waitFor(() => expect(of('DBIRTH', first)).toHaveLength(2), 10_000)
    expect(Number(of('NBIRTH')[1]!.payload.seq)).toBe(0)
    expect(values(of('NBIRTH')[1]!)['bdSeq']).toEqual(values(of('NBIRTH')[0]!)['bdSeq'])
    expect(values(of('DBIRTH', first)[1]!)['vibration']).toBe(9.99)
  })

  it('tells of a lost device with a DDEATH and of its return with a DBIRTH, and of the others meanwhile', async () => {
    const { of, simulator, clock } = await start()
    simulator.inject(first, { mode: 'lost-communication' })
    await vi.waitFor(() => expect(of('DDEATH', first)).toHaveLength(1), 10_000)
    const heard = of('DDATA', second).length
    clock.advance(1_000)
    await vi.waitFor(() => expect(of('DDATA', second).length).toBeGreaterThan(heard), 10_000)
    expect(of('DDATA', first)).toEqual([])
    simulator.clear(first, 'lost-communication')
    await vi.waitFor(() => expect(of('DBIRTH', first)).toHaveLength(2), 10_000)
    expect(of('DDEATH', first)).toHaveLength(1)
  })

  it('leaves its death with the broker, with the number of its session', async () => {
    const { of, simulator, client } = await start()
    const bdSeq = values(of('NBIRTH')[0]!)['bdSeq']
    const dead = vi.waitFor(() => expect(of('NDEATH')).toHaveLength(1), 10_000)
    client.on('error', () => {})
    const stopped = simulator.stop()
    await dead
    await stopped
    expect(values(of('NDEATH')[0]!)).toEqual({ bdSeq })
    expect(of('NDEATH')[0]!.payload.seq ?? undefined).toBeUndefined()
  })
})

it.each([
  ['a wrong password', { username: 'pumps', password: 'guess' }],
  ['a wrong user', { username: 'root', password: 'runchang-plant' }],
  ['no credentials', {}],
])('the plant’s broker refuses %s', async (_, credentials) => {
  const { endpoint } = await runSimulator({ sites: fleetOn('sparkplug') })
  const { host: address, port } = endpoint('sparkplug')
  const stranger = connect(`mqtt://${address}:${port}`, { ...credentials, reconnectPeriod: 0 })
  const error = await new Promise<Error & { code?: number }>((resolve) => stranger.once('error', resolve))
  expect(error.code).toBe(4)
  await stranger.endAsync(true)
})
