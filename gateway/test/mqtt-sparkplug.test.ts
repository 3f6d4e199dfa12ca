import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRebirthPacing } from '../src/drivers/mqtt/rebirth-pacing.ts'
import { mqtt } from '../src/drivers/mqtt/driver.ts'
import { startBroker, type Broker } from './broker.ts'
import { runDriver, type DriverRun } from './driver-run.ts'
import { eventually } from './eventually.ts'
import { decodeWithTahu, encode, type EncodedMetric, type EncodedPayload } from './sparkplug-encoder.ts'

const t = 1_763_781_120_000
let broker: Broker
/** What the driver published. */
let commands: { topic: string; payload: Buffer }[]
const runs: DriverRun[] = []
const clients: MqttClient[] = []

beforeEach(async () => {
  broker = await startBroker()
  commands = []
  broker.aedes.on('publish', ({ topic, payload }, client) => {
    if (client && topic.includes('/NCMD/')) commands.push({ topic, payload: Buffer.from(payload) })
  })
})
afterEach(async () => {
  for (const run of runs.splice(0)) run.stop()
  for (const client of clients.splice(0)) client.end(true)
  await broker.close()
})

async function drive(more: object = {}): Promise<DriverRun> {
  const subscriptions = [{ topic: 'spBv1.0/Runchang/#', payload: 'sparkplug', ...more }]
  const run = runDriver(mqtt, { url: broker.url, subscriptions })
  runs.push(run)
  void run.start()
  await eventually(() => expect(run.ups).toBe(1))
  return run
}

const publish = (path: string, payload: EncodedPayload | Buffer) =>
  broker.publish(`spBv1.0/Runchang/${path}`, Buffer.isBuffer(payload) ? payload : encode(payload), 0)

const bdSeq: EncodedMetric = { name: 'bdSeq', type: 'Int64', value: 3 }
const control: EncodedMetric = { name: 'Node Control/Rebirth', type: 'Boolean', value: false }
const flow = (value: number | null, more: object = {}): EncodedMetric => ({
  name: 'flow',
  alias: 1,
  timestamp: t,
  type: 'Float',
  value,
  ...more,
})
const runState: EncodedMetric = { name: 'run_state', alias: 2, timestamp: t, type: 'Int32', value: 2 }
/** Data have an alias, and neither name nor datatype. */
const byAlias = (alias: number, value: number, more: object = {}): EncodedMetric =>
  ({ alias, timestamp: t + 1_000, type: 'Float', value, ...more }) as EncodedMetric

async function bear(device = 'P100-2208-0301'): Promise<void> {
  await publish('NBIRTH/pumphouse', { timestamp: t, seq: 0, metrics: [bdSeq, control] })
  await publish(`DBIRTH/pumphouse/${device}`, { timestamp: t, seq: 1, metrics: [flow(96.5), runState] })
}

describe('Sparkplug B in the MQTT driver', () => {
  it('takes births, and data by alias', async () => {
    const run = await drive()
    await bear()
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 2, metrics: [byAlias(1, 91.2)] })
    await eventually(() => expect(run.readings).toHaveLength(3))
    expect(run.readings).toEqual([
      ['P100-2208-0301', 'flow', t, 96.5, 0],
      ['P100-2208-0301', 'run_state', t, 2, 0],
      ['P100-2208-0301', 'flow', t + 1_000, 91.2, 0],
    ])
    expect(run.reports).toEqual([])
    expect(commands).toEqual([])
  })

  it('metrics of the edge node itself belong to a device of its name', async () => {
    const run = await drive()
    await publish('NBIRTH/P100-2305-0412', { timestamp: t, seq: 0, metrics: [bdSeq, flow(96.5)] })
    await eventually(() => expect(run.readings).toEqual([['P100-2305-0412', 'flow', t, 96.5, 0]]))
  })

  it('null is bad, history keeps its time, and a quality goes along', async () => {
    const run = await drive()
    await bear()
    const stale = { Quality: { type: 'Int32', value: 500 } }
    const metrics = [
      flow(null),
      flow(80, { timestamp: t - 3_600_000, isHistorical: true }),
      flow(81, { timestamp: t + 1, properties: stale }),
    ]
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 2, metrics })
    await eventually(() => expect(run.readings).toHaveLength(5))
    expect(run.readings.slice(2).map(([, , ...rest]) => rest)).toEqual([
      [t, null, 2],
      [t - 3_600_000, 80, 0],
      [t + 1, 81, 1],
    ])
  })

  it('maps metric names, and takes nothing else then', async () => {
    const run = await drive({ signals: { flow: 'Pump/Flow', 'seal-temperature': 'Seal Temp °C' } })
    const metrics: EncodedMetric[] = [
      { name: 'Pump/Flow', timestamp: t, type: 'Double', value: 96 },
      { name: 'Seal Temp °C', timestamp: t, type: 'Int16', value: -4 },
      { name: 'current', timestamp: t, type: 'Double', value: 12 },
      { name: 'Properties/Make', timestamp: t, type: 'String', value: 'Woheng' },
    ]
    await publish('NBIRTH/pumphouse', { timestamp: t, seq: 0, metrics: [bdSeq] })
    await publish('DBIRTH/pumphouse/P1', { timestamp: t, seq: 1, metrics })
    await eventually(() => expect(run.readings).toHaveLength(2))
    expect(run.readings).toEqual([
      ['P1', 'flow', t, 96, 0],
      ['P1', 'seal-temperature', t, -4, 0],
    ])
    expect(run.reports).toEqual([])
  })

  it('names once what cannot be a signal', async () => {
    const run = await drive()
    const table = { numOfColumns: 0, columns: [], types: [], rows: [] }
    const metrics: EncodedMetric[] = [
      { name: 'Properties/Make', timestamp: t, type: 'String', value: 'Woheng' },
      { name: 'recipes', timestamp: t, type: 'DataSet', value: table },
      flow(96),
    ]
    for (let birth = 0; birth < 2; birth++) {
      await publish('NBIRTH/pumphouse', { timestamp: t, seq: 0, metrics: [bdSeq, control] })
      await publish('DBIRTH/pumphouse/P1', { timestamp: t, seq: 1, metrics })
    }
    await eventually(() => expect(run.readings).toHaveLength(2))
    expect(run.reports).toEqual([
      {
        subject: 'metrics of Runchang/pumphouse/P1',
        message: 'no signal keys, map them with "signals": "Properties/Make"; no simple values: "recipes"',
      },
    ])
    await publish('DBIRTH/pumphouse/P1', { timestamp: t, seq: 2, metrics: [flow(97)] })
    await eventually(() => expect(run.problems.size).toBe(0))
  })

  it('asks a node for its births, once, and takes its data when it was born', async () => {
    const run = await drive()
    for (let seq = 10; seq < 15; seq++) {
      await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq, metrics: [byAlias(1, seq)] })
    }
    await eventually(() => expect(run.reports).toHaveLength(5))
    expect(run.readings).toEqual([])
    expect(run.problems.get('Runchang/pumphouse')?.message).toMatch(/^P100-2208-0301: data came before its birth/)

    await eventually(() => expect(commands).toHaveLength(1))
    expect(commands[0]?.topic).toBe('spBv1.0/Runchang/NCMD/pumphouse')
    const { metrics } = decodeWithTahu(commands[0]!.payload)
    expect(metrics).toMatchObject([{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }])

    await bear()
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 2, metrics: [byAlias(1, 91.2)] })
    await eventually(() => expect(run.values('flow')).toEqual([96.5, 91.2]))
    expect(run.problems.size).toBe(0)
    expect(commands).toHaveLength(1)
  })

  it('an edge node hears the request on its own subscription', async () => {
    const edge = await connectAsync(broker.url)
    clients.push(edge)
    const heard: Buffer[] = []
    edge.on('message', (_, payload) => {
      heard.push(payload)
      void bear()
    })
    await edge.subscribeAsync('spBv1.0/Runchang/NCMD/pumphouse')
    const run = await drive()
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 10, metrics: [byAlias(1, 1)] })
    await eventually(() => expect(run.values('flow')).toEqual([96.5]))
    expect(heard).toHaveLength(1)
  })

  it('does not ask where it may not', async () => {
    const run = await drive({ rebirth: false })
    await publish('DDATA/pumphouse/P1', { timestamp: t, seq: 10, metrics: [byAlias(1, 1)] })
    await bear('P1')
    await eventually(() => expect(run.values('flow')).toEqual([96.5]))
    expect(run.reports).toHaveLength(1)
    expect(commands).toEqual([])
  })

  it('after a gap data is uncertain, and the births are asked for', async () => {
    const run = await drive()
    await bear()
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 4, metrics: [byAlias(1, 90)] })
    await eventually(() => expect(commands).toHaveLength(1))
    expect(run.readings.at(-1)).toEqual(['P100-2208-0301', 'flow', t + 1_000, 90, 1])
    expect(run.problems.get('Runchang/pumphouse')?.message).toMatch(/number 2 was due, 4 came; a rebirth is needed/)
  })

  it('a node that loses its connection takes all its signals with it, until it is back', async () => {
    const run = await drive()
    const will = { topic: 'spBv1.0/Runchang/NDEATH/pumphouse', payload: encode({ metrics: [bdSeq] }), qos: 1 as const }
    const edge = await connectAsync(broker.url, { will, reconnectPeriod: 0 })
    clients.push(edge)
    await bear()
    await eventually(() => expect(run.readings).toHaveLength(2))
    edge.stream.destroy() // as a network failure: the broker publishes the will
    await eventually(() => expect(run.readings).toHaveLength(4))
    expect(run.readings.slice(2).map(([device, signal, , value, quality]) => [device, signal, value, quality])).toEqual(
      [
        ['P100-2208-0301', 'flow', null, 2],
        ['P100-2208-0301', 'run_state', null, 2],
      ],
    )
    expect(run.readings[2]![2]).toBeGreaterThan(t)
    expect(run.problems.get('Runchang/pumphouse')?.message).toBe('is offline: NDEATH')

    await bear()
    await eventually(() => expect(run.readings).toHaveLength(6))
    // Born with values of before its death: they are valid again only from here on.
    expect(run.readings[4]).toEqual(['P100-2208-0301', 'flow', run.readings[2]![2] + 1, 96.5, 0])
    expect(run.problems.size).toBe(0)
  })

  it('a device that dies takes only its own signals', async () => {
    const run = await drive()
    await bear('P1')
    await publish('DBIRTH/pumphouse/P2', { timestamp: t, seq: 2, metrics: [flow(80)] })
    await publish('DDEATH/pumphouse/P1', { timestamp: t + 5_000, seq: 3 })
    await eventually(() => expect(run.readings).toHaveLength(5))
    expect(run.readings.slice(3)).toEqual([
      ['P1', 'flow', t + 5_000, null, 2],
      ['P1', 'run_state', t + 5_000, null, 2],
    ])
    expect(run.problems.get('Runchang/pumphouse/P1')?.message).toBe('is offline: DDEATH')
  })

  it('what was missed while away is asked for at once, and meanwhile nothing is called good', async () => {
    const run = await drive()
    await bear()
    await eventually(() => expect(run.readings).toHaveLength(2))
    run.stop()
    void run.start()
    await eventually(() => expect(run.ups).toBe(2))
    await eventually(() => expect(commands.map(({ topic }) => topic)).toEqual(['spBv1.0/Runchang/NCMD/pumphouse']))
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 2, metrics: [byAlias(1, 91)] })
    await eventually(() => expect(run.readings).toHaveLength(3))
    expect(run.readings[2]).toEqual(['P100-2208-0301', 'flow', t + 1_000, 91, 1])
    expect(commands).toHaveLength(1)
  })

  it('a node that died and came back while we were away is asked, though we hear only of its death', async () => {
    const run = await drive()
    await bear()
    await eventually(() => expect(run.readings).toHaveLength(2))
    run.stop()
    await eventually(() => expect(broker.aedes.connectedClients).toBe(0))
    await broker.publish('spBv1.0/Runchang/NDEATH/pumphouse', encode({ metrics: [bdSeq] }), 1) // kept for us
    await bear() // QoS 0: not kept
    void run.start()
    await eventually(() => expect(run.values('flow')).toEqual([96.5, null]))
    await eventually(() => expect(commands).toHaveLength(1))
    await bear()
    await eventually(() => expect(run.values('flow')).toEqual([96.5, null, 96.5]))
  })

  it('a node that the config names is asked at the first connection', async () => {
    const run = await drive({ topic: 'spBv1.0/Runchang/+/pumphouse/#' })
    await eventually(() => expect(commands.map(({ topic }) => topic)).toEqual(['spBv1.0/Runchang/NCMD/pumphouse']))
    await bear()
    await eventually(() => expect(run.readings).toHaveLength(2))
  })

  it('a bad message is a problem with a sample, and disturbs no other', async () => {
    const run = await drive()
    await bear()
    await publish('DDATA/pumphouse/P100-2208-0301', Buffer.from('{"flow":91}'))
    await publish('DDATA/pumphouse', { seq: 2 })
    await publish('NCMD/pumphouse', Buffer.from('not ours to read'))
    await publish('DBIRTH/pumphouse/no key', { timestamp: t, seq: 2, metrics: [flow(1)] })
    await publish('DDATA/pumphouse/P100-2208-0301', {
      timestamp: t,
      seq: 3,
      metrics: [byAlias(1, 91, { timestamp: 0 })],
    })
    await publish('DDATA/pumphouse/P100-2208-0301', { timestamp: t, seq: 4, metrics: [byAlias(1, 92)] })
    await eventually(() => expect(run.values('flow')).toEqual([96.5, 92]))
    expect(run.reports.map(({ subject, message, sample }) => [subject, message, sample?.slice(0, 8)])).toEqual([
      [
        'spBv1.0/Runchang/#',
        expect.stringMatching(/^spBv1.0\/Runchang\/DDATA\/pumphouse\/P100-2208-0301: no Sparkplug B payload: /),
        '7b22666c',
      ],
      ['spBv1.0/Runchang/#', 'spBv1.0/Runchang/DDATA/pumphouse: is no topic of Sparkplug B', '1802'],
      ['spBv1.0/Runchang/#', 'spBv1.0/Runchang/DBIRTH/pumphouse/no key: "no key" is no device key', expect.any(String)],
      ['spBv1.0/Runchang/#', expect.stringMatching(/: flow: time\/too-old$/), expect.any(String)],
    ])
  })
})

describe('the pacing of rebirths', () => {
  const seconds = (times: number[], answeredAt?: number) => {
    let now = 0
    const pacing = createRebirthPacing(() => now * 1_000)
    return times.filter((second) => {
      if (answeredAt !== undefined && now < answeredAt && second >= answeredAt) pacing.answered('G/E')
      now = second
      return pacing.mayAsk('G/E')
    })
  }
  const everySecond = Array.from({ length: 1_500 }, (_, second) => second)

  it('doubles from ten seconds to five minutes while nobody answers', () => {
    expect(seconds(everySecond)).toEqual([0, 10, 30, 70, 150, 310, 610, 910, 1_210])
  })

  it('begins anew after an answer, but keeps its distance', () => {
    expect(seconds(everySecond.slice(0, 200), 72)).toEqual([0, 10, 30, 70, 80, 100, 140])
  })

  it('is for each node', () => {
    const pacing = createRebirthPacing(() => 0)
    expect(['a', 'b', 'a'].map((node) => pacing.mayAsk(node))).toEqual([true, true, false])
  })
})

describe('the config of Sparkplug', () => {
  const group = 'spBv1.0/G/#'
  it.each<[string, object, RegExp]>([
    ['a topic covers births and data', { topic: 'spBv1.0/G/DDATA/#' }, /topic.*must be spBv1.0\/\{group\}\/#/],
    ['and the node with its devices', { topic: 'spBv1.0/G/+/E/D' }, /must be spBv1.0/],
    ['and names the namespace', { topic: 'G/#' }, /must be spBv1.0/],
    ['and no device', { topic: 'spBv1.0/G/+/E/{deviceKey}' }, /must be spBv1.0/],
    ['and not everything', { topic: 'spBv1.0/#' }, /must be spBv1.0/],
    ['nobody else names the device', { topic: group, device: 'D' }, /device.*name the device/],
    ['or the time', { topic: group, time: { at: 'ts' } }, /their own time/],
    ['a signal has a key', { topic: group, signals: { 'a b': 'a' } }, /no signal key/],
    ['a metric feeds one signal', { topic: group, signals: { a: 'x', b: 'x' } }, /feeds another signal as well/],
    ['JSON knows no births', { topic: 'a', device: 'D', payload: 'flat', rebirth: true }, /knows no births/],
  ])('%s', (_, subscription, complaint) => {
    const subscriptions = [{ payload: 'sparkplug', ...subscription }]
    expect(() => runDriver(mqtt, { url: 'mqtt://broker', subscriptions })).toThrow(complaint)
  })

  it.each(['spBv1.0/G/#', 'spBv1.0/+/#', 'spBv1.0/G/+/E/#', 'spBv1.0/G/+/+/#'])('%s is right', (topic) => {
    expect(() =>
      runDriver(mqtt, { url: 'mqtt://broker', subscriptions: [{ topic, payload: 'sparkplug' }] }),
    ).not.toThrow()
  })
})
