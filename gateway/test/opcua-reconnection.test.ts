import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Reading } from '../src/driver.ts'
import { eventually } from './eventually.ts'
import { driverOf, told, times, type TagOf } from './opcua/drive.ts'
import { startCable, startServer, temporaryFolder, type Cable, type TestServer } from './opcua/server.ts'

const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 8, 0, second))
const int = (value: number) => ({ dataType: 'Int32', value })

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: TestServer
let cable: Cable
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startServer({ folder: folder.path })
  cable = await startCable(server.port)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(async () => {
  await cable.close()
  await server.stop()
  await folder.remove()
})

/** A driver behind the cable, restarted at each failure as the supervisor does, without its pause. */
function supervised(tags: Record<string, TagOf>, source: object = {}) {
  const run = driverOf(
    tags,
    { endpoint: cable.endpoint, samplingMs: 0, ...source },
    { dataDir: join(folder.path, 'gateway') },
  )
  const failures: string[] = []
  let stopped = false
  const ended = (async () => {
    while (!stopped) {
      await run.start().catch((error: Error) => failures.push(error.message))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  stops.push(async () => {
    stopped = true
    run.stop()
    await ended
  })
  return { run, failures }
}

it.each(['none', 'basic256sha256'])(
  'a connection that breaks (security %s) makes signals bad once; what the server saw meanwhile arrives, none twice',
  async (security) => {
    server.set('n', int(0), { at: at(0) })
    server.set('still', int(5), { at: at(0) })
    const secured = { security, serverCertificate: server.certificateFile, username: 'fettle', password: 'right' }
    const { run, failures } = supervised({ n: 'n', still: 'still' }, security === 'none' ? {} : secured)
    await eventually(() => expect(run.readings).toHaveLength(2))
    server.set('n', int(1), { at: at(1) })
    await eventually(() => expect(told(run, 'n')).toHaveLength(2))

    cable.cut()
    await eventually(() => expect(failures.length).toBeGreaterThan(2))
    expect(told(run, 'n').at(-1)).toEqual([null, 2])
    for (let n = 2; n <= 9; n++) server.set('n', int(n), { at: at(n) })
    const before = server.sessions()
    cable.mend()
    await eventually(() => expect(told(run, 'n').at(-1)).toEqual([9, 0]))
    await eventually(() => expect(told(run, 'still')).toHaveLength(3))

    expect(server.sessions()).toBe(before) // the same one
    expect(told(run, 'still')).toEqual([
      [5, 0],
      [null, 2],
      [5, 0],
    ])
    const [known = 0, lostAt = 0, backAt = 0] = times(run, 'still')
    expect(known).toBe(at(0).getTime())
    expect(lostAt).toBeGreaterThan(known)
    expect(backAt).toBeGreaterThan(lostAt)
    const seen = run.readings.flatMap(([, signal, tsMs, value]) =>
      signal === 'n' && value !== null ? [[value, tsMs]] : [],
    )
    expect(seen.filter(([value]) => value !== 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => [n, at(n).getTime()]))
    expect(told(run, 'n').filter(([, quality]) => quality === 2)).toHaveLength(1)
  },
)

it('a server that is killed and comes back is followed again, none twice', async () => {
  server.set('n', int(0), { at: at(0) })
  const { run, failures } = supervised({ n: 'n' })
  await eventually(() => expect(told(run, 'n')).toEqual([[0, 0]]))

  cable.cut()
  await server.stop()
  await eventually(() => expect(failures.length).toBeGreaterThan(1))
  expect(told(run, 'n').at(-1)).toEqual([null, 2])
  server = await startServer({ folder: folder.path, port: server.port })
  server.set('n', int(1), { at: new Date() })
  cable.mend()
  await eventually(() => expect(told(run, 'n').at(-1)).toEqual([1, 0]))
  server.set('n', int(2), { at: new Date() })
  await eventually(() => expect(told(run, 'n').at(-1)).toEqual([2, 0]))
  expect(told(run, 'n')).toEqual([
    [0, 0],
    [null, 2],
    [1, 0],
    [2, 0],
  ])
  expect([...times(run, 'n')].sort((a, b) => a - b)).toEqual(times(run, 'n'))
})

it('a server that falls silent is lost as well, and followed again when it speaks', async () => {
  server.set('n', int(0), { at: at(0) })
  const { run, failures } = supervised({ n: 'n' }, { timeoutMs: 500 })
  await eventually(() => expect(told(run, 'n').at(-1)).toEqual([0, 0]))
  cable.squeeze()
  await eventually(() => expect(told(run, 'n').at(-1)).toEqual([null, 2]))
  await eventually(() => expect(failures.length).toBeGreaterThan(1))
  server.set('n', int(1), { at: at(1) })
  cable.mend()
  await eventually(() => expect(told(run, 'n').at(-1)).toEqual([1, 0]))
})

it('a server that publishes less often than it has to answer is not taken for a dead one', async () => {
  server.set('seldom', int(1), { at: at(0) })
  const { run, failures } = supervised({ seldom: 'seldom' }, { publishMs: 1_500, timeoutMs: 400 })
  await eventually(() => expect(told(run, 'seldom')).toEqual([[1, 0]]))
  server.set('seldom', int(2), { at: at(1) })
  await eventually(() =>
    expect(told(run, 'seldom')).toEqual([
      [1, 0],
      [2, 0],
    ]),
  )
  expect(failures).toEqual([])
})

it('what could not be stored comes again, with its own time', async () => {
  server.set('n', int(0), { at: at(0) })
  const run = driverOf(
    { n: 'n' },
    { endpoint: cable.endpoint, samplingMs: 0 },
    { dataDir: join(folder.path, 'gateway') },
  )
  let isFull = false
  const store = async (readings: Reading[]) => {
    if (isFull && readings.length > 0) throw new Error('no space left')
    run.readings.push(...readings)
  }
  const first = run.start(store).catch((error: Error) => error.message)
  await eventually(() => expect(told(run, 'n')).toEqual([[0, 0]]))
  isFull = true
  for (const n of [1, 2]) server.set('n', int(n), { at: at(n) })
  expect(await first).toBe('no space left')
  expect(told(run, 'n')).toEqual([[0, 0]])

  isFull = false
  server.set('n', int(3), { at: at(3) })
  const second = run.start(store)
  await eventually(() =>
    expect(times(run, 'n')).toEqual(expect.arrayContaining([0, 1, 2, 3].map((n) => at(n).getTime()))),
  )
  run.stop()
  await second
})

it('lets go of a server that fell silent', async () => {
  server.set('n', int(0), { at: at(0) })
  const source = { endpoint: cable.endpoint, timeoutMs: 60_000 } // longer than a test may take
  const run = driverOf({ n: 'n' }, source, { dataDir: join(folder.path, 'gateway') })
  const ended = run.start()
  await eventually(() => expect(told(run, 'n')).toEqual([[0, 0]]))
  cable.squeeze()
  run.stop()
  expect(await ended).toBeUndefined()
  cable.mend()
})

it('says that nobody answers', async () => {
  cable.cut()
  const run = driverOf({ n: 'n' }, { endpoint: cable.endpoint }, { dataDir: join(folder.path, 'gateway') })
  await expect(run.start()).rejects.toThrow(new RegExp(`^${cable.endpoint}: .*(ECONNRESET|socket)`))
  expect(told(run, 'n')).toEqual([[null, 2]])
  cable.mend()
})

it('lets go at once when it is cancelled while nobody answers', async () => {
  cable.squeeze()
  const before = cable.connections()
  const run = driverOf({ n: 'n' }, { endpoint: cable.endpoint }, { dataDir: join(folder.path, 'gateway') })
  const ended = run.start()
  await eventually(() => expect(cable.connections()).toBeGreaterThan(before))
  run.stop()
  expect(await ended).toBeUndefined()
  expect(run.readings).toEqual([])
  cable.mend()
})
