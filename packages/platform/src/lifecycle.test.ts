import { Writable } from 'node:stream'
import { beforeEach, expect, it } from 'vitest'
import { compose, type Service } from './lifecycle.ts'
import { createLogger } from './logging.ts'

let events: string[]
let logged: { level: number; service?: string; msg: string }[]
beforeEach(() => {
  events = []
  logged = []
})

const logger = createLogger({
  name: 'test',
  pretty: false,
  destination: new Writable({
    write(line, _encoding, done) {
      logged.push(JSON.parse(String(line)) as (typeof logged)[number])
      done()
    },
  }),
})

function service(name: string, overrides: Partial<Service> = {}): Service {
  return {
    name,
    start: async () => void events.push(`${name} started`),
    stop: async () => void events.push(`${name} stopped`),
    ...overrides,
  }
}

it('starts in order and stops in reverse', async () => {
  const all = compose([service('db'), service('bus'), service('api')], logger)
  await all.start()
  await all.stop()
  expect(events).toEqual(['db started', 'bus started', 'api started', 'api stopped', 'bus stopped', 'db stopped'])
})

it('stops what had started when a start fails, and gives the error of that start', async () => {
  const broken = service('bus', { start: () => Promise.reject(new Error('no disk')) })
  const all = compose([service('db'), broken, service('api')], logger)
  await expect(all.start()).rejects.toThrow('no disk')
  expect(events).toEqual(['db started', 'db stopped'])
  await all.stop()
  expect(events).toEqual(['db started', 'db stopped'])
})

it('stops once however often it is told', async () => {
  const all = compose([service('db')], logger)
  await all.start()
  await Promise.all([all.stop(), all.stop()])
  await all.stop()
  expect(events).toEqual(['db started', 'db stopped'])
})

it('can be stopped before it started, and starts only once', async () => {
  await compose([service('db')], logger).stop()
  expect(events).toEqual([])
  const all = compose([service('db')], logger)
  await all.start()
  await expect(all.start()).rejects.toThrow('already started')
})

it('stopped while starting, it lets the start in hand end and begins no other', async () => {
  let finishStart = () => {}
  const slow = service('db', {
    start: () => new Promise((resolve) => (finishStart = () => (events.push('db started'), resolve()))),
  })
  const all = compose([slow, service('api')], logger)
  const starting = all.start()
  const stopping = all.stop()
  finishStart()
  await Promise.all([starting, stopping])
  expect(events).toEqual(['db started', 'db stopped'])
})

it('goes on when a stop fails, with a log line', async () => {
  const broken = service('bus', { stop: () => Promise.reject(new Error('stuck')) })
  const all = compose([service('db'), broken], logger)
  await all.start()
  await all.stop()
  expect(events).toEqual(['db started', 'bus started', 'db stopped'])
  expect(logged).toMatchObject([{ level: 50, service: 'bus', msg: 'failed to stop; going on' }])
})

it('goes on when a stop takes too long, with a log line', async () => {
  const hanging = service('bus', { stop: () => new Promise(() => {}) })
  const all = compose([service('db'), hanging], logger, { stopTimeoutMs: 1 })
  await all.start()
  await all.stop()
  expect(events).toEqual(['db started', 'bus started', 'db stopped'])
  expect(logged).toMatchObject([{ level: 50, service: 'bus', msg: 'did not stop in time; going on' }])
})

it('composes compositions', async () => {
  const inner = compose([service('ingest'), service('rules')], logger, { name: 'stream' })
  const all = compose([service('db'), inner], logger)
  expect(all.name).toBe('db+stream')
  await all.start()
  await all.stop()
  expect(events).toEqual([
    'db started',
    'ingest started',
    'rules started',
    'rules stopped',
    'ingest stopped',
    'db stopped',
  ])
})
