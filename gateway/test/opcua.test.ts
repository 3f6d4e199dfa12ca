import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Reading } from '../src/driver.ts'
import { opcua } from '../src/drivers/opcua/driver.ts'
import { runDriver } from './driver-run.ts'
import { eventually } from './eventually.ts'
import { driverOf, told, times, type TagOf } from './opcua/drive.ts'
import { startServer, temporaryFolder, type TestServer } from './opcua/server.ts'

const double = (value: number) => ({ dataType: 'Double', value })
const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 8, 0, second))

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: TestServer
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startServer({ folder: folder.path })
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(async () => {
  await server.stop()
  await folder.remove()
})

/** Starts a driver on the shared server; resolves when it is up. */
async function follow(tags: Record<string, TagOf>, source: object = {}, sink?: (readings: Reading[]) => Promise<void>) {
  const run = driverOf(tags, { endpoint: server.endpoint, ...source }, { dataDir: join(folder.path, 'gateway') })
  const ended = run.start(sink)
  ended.catch(() => {})
  stops.push(async () => {
    run.stop()
    await ended
  })
  await Promise.race([ended, eventually(() => expect(run.ups).toBe(1))])
  return { run, ended }
}

it('tells values with the time of their source, and changes as they come', async () => {
  server.set('flow', double(1.5), { at: at(1) })
  const { run } = await follow({ flow: 'flow' })
  await eventually(() => expect(run.readings).toHaveLength(1))
  server.set('flow', double(2.5), { at: at(2) })
  await eventually(() => expect(run.readings).toHaveLength(2))
  expect(run.readings).toEqual([
    ['M1', 'flow', at(1).getTime(), 1.5, 0],
    ['M1', 'flow', at(2).getTime(), 2.5, 0],
  ])
})

it.each([
  ['tells a value again when its source has looked again', 'updates', [1, 2]],
  ['tells only changes where that is asked for', 'changes', [1]],
])('%s', async (_, report, seconds) => {
  server.set(`${report}.level`, double(7), { at: at(1) })
  server.set(`${report}.mark`, double(0), { at: at(1) })
  const { run } = await follow({ level: `${report}.level`, mark: `${report}.mark` }, { report, samplingMs: 0 })
  await eventually(() => expect(run.readings).toHaveLength(2))
  server.set(`${report}.level`, double(7), { at: at(2) })
  server.set(`${report}.mark`, double(1), { at: at(2) })
  await eventually(() => expect(told(run, 'mark')).toHaveLength(2))
  expect(times(run, 'level')).toEqual(seconds.map((second) => at(second).getTime()))
})

it('carries the status of a value to its quality', async () => {
  const value = double(4)
  server.set('q', value, { at: at(1) })
  const { run } = await follow({ q: 'q' })
  await eventually(() => expect(run.readings).toHaveLength(1))
  server.set('q', value, { at: at(2), status: 'UncertainLastUsableValue' })
  await eventually(() => expect(run.readings).toHaveLength(2))
  server.set('q', { dataType: 'Null', value: null }, { at: at(3), status: 'BadSensorFailure' })
  await eventually(() => expect(run.readings).toHaveLength(3))
  expect(told(run, 'q')).toEqual([
    [4, 0],
    [4, 1],
    [null, 2],
  ])
})

it('takes numbers, booleans and texts', async () => {
  server.set('bool', { dataType: 'Boolean', value: true })
  server.set('byte', { dataType: 'Byte', value: 200 })
  server.set('int16', { dataType: 'Int16', value: -713 })
  server.set('uint32', { dataType: 'UInt32', value: 4_000_000_000 })
  server.set('int64', { dataType: 'Int64', arrayType: 'Scalar', value: [0xffffffff, 0xfffffffe] })
  server.set('float', { dataType: 'Float', value: 71.2 })
  server.set('text', { dataType: 'String', value: '压机 3' })
  const names = ['bool', 'byte', 'uint32', 'int64', 'float', 'text']
  const { run } = await follow({
    ...Object.fromEntries(names.map((name) => [name, name])),
    int16: { nodeId: 'nsu=urn:woheng:machines;s=int16', scale: 0.1, offset: 10 },
  })
  await eventually(() => expect(run.readings).toHaveLength(7))
  expect(Object.fromEntries(run.readings.map(([, signal, , value]) => [signal, value]))).toEqual({
    bool: 1,
    byte: 200,
    int16: -61.3,
    uint32: 4_000_000_000,
    int64: -2,
    float: 71.2,
    text: '压机 3',
  })
})

it('names each node that cannot be read, while the others go on', async () => {
  server.set('sound', double(1))
  server.set('list', { dataType: 'Double', arrayType: 'Array', value: [1, 2] })
  const { run } = await follow({
    sound: 'sound',
    list: 'list',
    gone: 'no-such-node',
    elsewhere: { nodeId: 'nsu=urn:not:here;s=x' },
    folder: { nodeId: 'i=85' },
  })
  await eventually(() => expect(run.readings).toHaveLength(5))
  expect(told(run, 'sound')).toEqual([[1, 0]])
  for (const signal of ['list', 'gone', 'elsewhere', 'folder']) expect(told(run, signal)).toEqual([[null, 2]])
  expect(Object.fromEntries([...run.problems].map(([subject, { message }]) => [subject, message]))).toEqual({
    'M1/list': 'nsu=urn:woheng:machines;s=list holds an array of Double, not a single value',
    'M1/gone': expect.stringContaining('s=no-such-node is refused by the server: BadNodeIdUnknown'),
    'M1/elsewhere': expect.stringContaining(
      'the server has no namespace urn:not:here, only http://opcfoundation.org/UA/',
    ),
    'M1/folder': expect.stringContaining('i=85 is refused by the server: BadAttributeIdInvalid'),
  })
  server.set('list', double(3))
  await eventually(() => expect(run.problems.has('M1/list')).toBe(false))
})

it('follows a node again that was gone for a while, as when another program is loaded', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  server.set('loaded', double(1))
  const { run } = await follow({ loaded: 'loaded' }, { publishMs: 50, timeoutMs: 1_000 })
  await eventually(() => expect(told(run, 'loaded')).toEqual([[1, 0]]))
  server.remove('loaded')
  await eventually(() => expect(run.problems.get('M1/loaded')?.message).toMatch(/cannot be read \(BadNodeId/))
  expect(told(run, 'loaded').at(-1)).toEqual([null, 2])
  server.set('loaded', double(2))
  vi.advanceTimersByTime(60_000) // until it is asked for again
  await eventually(() => expect(told(run, 'loaded').at(-1)).toEqual([2, 0]))
  expect(run.problems.size).toBe(0)
  server.set('loaded', double(3))
  await eventually(() => expect(told(run, 'loaded').at(-1)).toEqual([3, 0]))
})

it('waits for the sink, and the server keeps what it has seen meanwhile', async () => {
  const stored: Reading[] = []
  let release = () => {}
  let calls = 0
  server.set('n', { dataType: 'Int32', value: 0 }, { at: at(0) })
  await follow({ n: 'n' }, { samplingMs: 0, queueSize: 50 }, async (readings) => {
    if (readings.length === 0) return
    calls += 1
    await new Promise<void>((resolve) => (release = resolve))
    stored.push(...readings)
  })
  await eventually(() => expect(calls).toBe(1))
  for (let n = 1; n <= 20; n++) server.set('n', { dataType: 'Int32', value: n }, { at: at(n) })
  expect(calls).toBe(1)
  const drain = setInterval(() => release(), 5)
  await eventually(() => expect(stored.at(-1)?.[3]).toBe(20))
  clearInterval(drain)
  release()
  expect(stored.map(([, , , value]) => value)).toEqual(Array.from({ length: 21 }, (_, n) => n))
})

it('says that the server had to drop what it has seen', async () => {
  server.set('n', { dataType: 'Int32', value: 0 }, { at: at(0) })
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const stored: Reading[] = []
  const { run } = await follow({ n: 'n' }, { samplingMs: 0, queueSize: 3 }, async (readings) => {
    stored.push(...readings)
    if (readings.length > 0) await released
  })
  await eventually(() => expect(stored).toHaveLength(1))
  for (let n = 1; n <= 20; n++) server.set('n', { dataType: 'Int32', value: n }, { at: at(n) })
  release()
  await eventually(() => expect(stored.at(-1)?.[3]).toBe(20))
  expect(run.problems.get('queues')?.message).toMatch(
    /^the server has dropped values of M1\/n: it keeps 3 of each node/,
  )
})

it('registers more tags than a call may have', async () => {
  const names = Array.from({ length: 1_200 }, (_, n) => `many${n}`)
  for (const [n, name] of names.entries()) server.set(name, { dataType: 'Int32', value: n })
  const { run } = await follow(Object.fromEntries(names.map((name) => [name, name])))
  await eventually(() => expect(run.readings).toHaveLength(names.length))
  expect(new Set(run.readings.map(([, , , value]) => value)).size).toBe(names.length)
})

it('returns when it is cancelled, and leaves no session behind', async () => {
  server.set('flow', double(1))
  const { run, ended } = await follow({ flow: 'flow' })
  await eventually(() => expect(run.readings).toHaveLength(1))
  run.stop()
  expect(await ended).toBeUndefined()
  expect(server.sessions()).toBe(0)
})

describe('the OPC UA config', () => {
  const tag = { signal: 'a', nodeId: 'ns=2;s=a' }
  const config = { endpoint: 'opc.tcp://plc:4840', devices: [{ device: 'D', tags: [tag] }] }
  it.each<[string, object, RegExp]>([
    [
      'a node id has a form',
      { devices: [{ device: 'D', tags: [{ ...tag, nodeId: 'pump.flow' }] }] },
      /nodeId.*pattern/,
    ],
    ['a signal is fed once', { devices: [{ device: 'D', tags: [tag, tag] }] }, /D\/a is fed twice/],
    ['a password needs a name', { password: 'p' }, /a password needs a username/],
    ['a name needs a password', { username: 'u' }, /a username needs a password/],
    ['no password in the clear', { security: 'none', username: 'u', password: 'p' }, /to anybody: use basic256sha256/],
    ['no trust without security', { security: 'none', serverCertificate: 'x' }, /looks at no certificate/],
    ['an endpoint is OPC UA over TCP', { endpoint: 'https://plc' }, /endpoint.*pattern/],
  ])('%s', (_, source, complaint) => {
    expect(() => runDriver(opcua, { ...config, ...source })).toThrow(complaint)
  })
})
