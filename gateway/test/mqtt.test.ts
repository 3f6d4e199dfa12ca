import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { mqtt } from '../src/drivers/mqtt/driver.ts'
import type { Reading } from '../src/driver.ts'
import { startBroker, type Broker } from './broker.ts'
import { runDriver, type DriverRun } from './driver-run.ts'

let broker: Broker
const runs: DriverRun[] = []
beforeEach(async () => {
  broker = await startBroker()
})
afterEach(async () => {
  for (const run of runs.splice(0)) run.stop()
  await broker.close()
})

/** A run that is subscribed already, or that has failed. */
async function drive(
  subscriptions: object[],
  more: object = {},
): Promise<{ run: DriverRun; outcome: Promise<unknown> }> {
  const run = runDriver(mqtt, { url: broker.url, subscriptions, ...more })
  runs.push(run)
  const outcome = run.start().then(
    () => 'returned',
    (error: Error) => error,
  )
  await Promise.race([eventually(() => expect(run.ups).toBe(1)), outcome])
  return { run, outcome }
}

const told = (run: DriverRun) =>
  run.readings.map(([device, signal, , value, quality]) => [device, signal, value, quality])

describe('the MQTT driver', () => {
  it('takes the device from the topic and our own payloads as they are', async () => {
    const { run } = await drive([{ topic: 'plant/{deviceKey}/telemetry', payload: 'fettle' }])
    await broker.publish('plant/P100-1/telemetry', '{"ts":1760000000000,"values":{"flow":96.5,"seal":null}}')
    await broker.publish('plant/P100-2/telemetry', '{"flow":91}')
    await broker.publish('plant/P100-2/other', '{"flow":1}')
    await eventually(() => expect(run.readings).toHaveLength(3))
    expect(told(run)).toEqual([
      ['P100-1', 'flow', 96.5, 0],
      ['P100-1', 'seal', null, 2],
      ['P100-2', 'flow', 91, 0],
    ])
    expect(run.readings[0]?.[2]).toBe(1760000000000)
  })

  it('maps fields of foreign payloads to signals of a fixed device', async () => {
    const { run } = await drive([
      {
        topic: 'chiller/#',
        device: 'CH1000-1',
        payload: 'mapped',
        signals: { 'leaving-water': '/water/out', 'oil-pressure': '/oil/0/kPa' },
        time: { at: '/when', unit: 's' },
      },
    ])
    await broker.publish('chiller/a/b', '{"when":1760000000.25,"water":{"out":7.1},"oil":[{"kPa":310}]}')
    await eventually(() => expect(run.readings).toHaveLength(2))
    expect(run.readings).toEqual([
      ['CH1000-1', 'leaving-water', 1760000000250, 7.1, 0],
      ['CH1000-1', 'oil-pressure', 1760000000250, 310, 0],
    ])
  })

  it('bad payloads are problems with a sample, and harm nothing', async () => {
    const { run } = await drive([{ topic: 'a/{deviceKey}', payload: 'fettle' }])
    await broker.publish('a/D1', '{"temp":7')
    await broker.publish('a/D1', '{"ts":0,"values":{"old":1}}')
    await broker.publish('a/not a key', '{"temp":1}')
    await broker.publish('a/D1', Buffer.from([0xff, 0xfe, 0x00]))
    await broker.publish('a/D1', '{"temp":71.2}')
    await eventually(() => expect(run.readings).toHaveLength(1))
    expect(told(run)).toEqual([['D1', 'temp', 71.2, 0]])
    expect(
      run.reports.map(({ subject, message, sample }) => [subject, message.replace(/ in JSON.*/, ''), sample]),
    ).toEqual([
      ['a/{deviceKey}', expect.stringMatching(/^a\/D1: payload\/malformed: /), '{"temp":7'],
      ['a/{deviceKey}', 'a/D1: old: time/too-old', '{"ts":0,"values":{"old":1}}'],
      ['a/{deviceKey}', 'a/not a key: "not a key" is no device key', '{"temp":1}'],
      ['a/{deviceKey}', expect.stringMatching(/^a\/D1: payload\/malformed: /), expect.any(String)],
    ])
  })

  it('acknowledges only what is durable: a message whose readings could not be stored comes again', async () => {
    const stored: Reading[] = []
    let diskFails = true
    const run = runDriver(mqtt, { url: broker.url, subscriptions: [{ topic: 'a/{deviceKey}', payload: 'fettle' }] })
    runs.push(run)
    const sink = async (readings: Reading[]) => {
      if (diskFails) throw new Error('no space left')
      stored.push(...readings)
    }
    const first = run.start(sink).catch((error: Error) => error.message)
    await eventually(() => expect(run.ups).toBe(1))
    await broker.publish('a/D1', '{"n":1}')
    expect(await first).toBe('no space left')

    await broker.publish('a/D1', '{"n":2}') // while we are away
    diskFails = false
    void run.start(sink)
    await eventually(() => expect(new Set(stored.map(([, , , value]) => value))).toEqual(new Set([1, 2])))
  })

  it('holds the broker back while the sink waits', async () => {
    let release = () => {}
    let calls = 0
    const run = runDriver(mqtt, { url: broker.url, subscriptions: [{ topic: 'a/{deviceKey}', payload: 'fettle' }] })
    runs.push(run)
    void run.start(async () => {
      calls += 1
      await new Promise<void>((resolve) => (release = resolve))
    })
    await eventually(() => expect(run.ups).toBe(1))
    for (const n of [1, 2, 3]) await broker.publish('a/D1', `{"n":${n}}`)
    for (const n of [1, 2, 3]) {
      await eventually(() => expect(calls).toBe(n))
      release()
    }
  })

  it('fails with the reason of the broker', async () => {
    broker.aedes.authenticate = (_client, _username, password, done) => done(null, password?.toString() === 'right')
    const subscriptions = [{ topic: 'a', device: 'D', payload: 'flat' }]
    const wrong = await drive(subscriptions, { username: 'u', password: 'wrong' })
    expect(await wrong.outcome).toMatchObject({ message: expect.stringMatching(/not authorized|bad user/i) })
    expect(wrong.run.ups).toBe(0)
    const right = await drive(subscriptions, { username: 'u', password: 'right' })
    expect(right.run.ups).toBe(1)
  })

  it('fails when a subscription is refused', async () => {
    broker.aedes.authorizeSubscribe = (_client, _subscription, callback) => callback(null, null)
    const { outcome } = await drive([{ topic: 'secret/#', device: 'D', payload: 'flat' }])
    expect(await outcome).toMatchObject({ message: expect.stringContaining('secret/#') })
  })

  it('fails when the connection is cut or cannot be made, and returns when cancelled', async () => {
    const subscriptions = [{ topic: 'a', device: 'D', payload: 'flat' }]
    const { run, outcome } = await drive(subscriptions)
    broker.cut()
    expect(await outcome).toMatchObject({ message: expect.stringMatching(/closed|ECONNRESET/) })

    const again = run.start()
    await eventually(() => expect(run.ups).toBe(2))
    run.stop()
    expect(await again).toBeUndefined()

    await broker.close()
    await expect(run.start()).rejects.toThrow(/ECONNREFUSED/)
    broker = await startBroker()
  })
})

describe('the MQTT config', () => {
  it.each<[string, object, RegExp]>([
    ['someone must name the device', { topic: 'a/b', payload: 'flat' }, /device.*is needed/],
    ['but only once', { topic: 'a/{deviceKey}', device: 'D', payload: 'flat' }, /already names the device/],
    ['a placeholder is a whole level', { topic: 'a/x{deviceKey}', payload: 'flat' }, /must be a whole level/],
    ['# stands last', { topic: '#/a', device: 'D', payload: 'flat' }, /whole last level/],
    ['a mapped payload has signals', { topic: 'a', device: 'D', payload: 'mapped' }, /needs its signals/],
    ['a flat payload has none', { topic: 'a', device: 'D', payload: 'flat', signals: { a: '/a' } }, /names its own/],
    ['a signal has a key', { topic: 'a', device: 'D', payload: 'mapped', signals: { 'a b': '/a' } }, /no signal key/],
    ['a payload is of a known form', { topic: 'a', device: 'D', payload: 'xml' }, /one of fettle, flat, mapped/],
  ])('%s', (_, subscription, complaint) => {
    expect(() => runDriver(mqtt, { url: 'mqtt://broker', subscriptions: [subscription] })).toThrow(complaint)
  })
})
