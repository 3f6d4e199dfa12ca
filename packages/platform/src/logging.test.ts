import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createLogger, type LoggerOptions } from './logging.ts'

/** A logger and what it has written so far. */
function capture(options: Partial<LoggerOptions> = {}) {
  const chunks: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  const logger = createLogger({ name: 'ingest', pretty: false, destination, ...options })
  return { logger, text: () => chunks.join('') }
}

const withSignal = (error: Error) => Object.assign(error, { target: new AbortController().signal })

function circle(): object {
  const one: Record<string, unknown> = {}
  one['itself'] = one
  return one
}

it('writes one JSON object a line with name, ISO time and message', () => {
  const { logger, text } = capture()
  logger.info({ count: 3 }, 'stored')
  expect(JSON.parse(text())).toEqual({
    level: 30,
    name: 'ingest',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    count: 3,
    msg: 'stored',
  })
})

it.each([
  ['at the top', { password: 'hunter2' }],
  ['one level down', { user: { token: 'hunter2' } }],
  ['in the headers of a request', { req: { headers: { authorization: 'hunter2', cookie: 'hunter2' } } }],
  ['in the headers of a response', { res: { headers: { 'set-cookie': 'hunter2' } } }],
  ['three levels down', { a: { b: { c: { secret: 'hunter2' } } } }],
])('hides a secret %s', (_, object) => {
  const { logger, text } = capture()
  logger.info(object, 'hello')
  expect(text()).not.toContain('hunter2')
  expect(text()).toContain('[redacted]')
})

it('hides secrets in the pretty form and in a child too', () => {
  const { logger, text } = capture({ pretty: true })
  logger.child({ token: 'hunter2' }).info('hello')
  expect(text()).toContain('hello')
  expect(text()).not.toContain('hunter2')
})

it('hides the parameters of a failed query, which the error quotes', () => {
  const { logger, text } = capture()
  const params = ['hunter2', null, 3]
  const cause = new Error('duplicate key')
  const error = new Error(`Failed query: insert into users values ($1, $2, $3)\nparams: ${String(params)}`, { cause })
  Object.assign(error, { params })
  logger.error({ err: error }, 'failed')
  logger.error({ err: new Error('could not add the user', { cause: error }) }, 'failed')
  expect(text()).not.toContain('hunter2')
  expect(text()).toContain('insert into users')
  expect(text()).toContain('duplicate key')
})

it('hides the row that an error of PostgreSQL quotes', () => {
  const { logger, text } = capture()
  const detail = 'Key (phone)=(13800000000) already exists.'
  logger.error({ err: Object.assign(new Error('duplicate key'), { routine: '_bt_check_unique', detail }) }, 'failed')
  expect(text()).toContain('duplicate key')
  expect(text()).not.toContain('13800000000')
})

it.each([
  ['an error that holds a signal, as a warning of Node does', { err: withSignal(new Error('too many listeners')) }],
  ['an error in place of its name', { failure: withSignal(new Error('boom')) }],
  ['a signal, far down', { a: { b: [{ signal: new AbortController().signal }] } }],
  ['an address', { endpoint: { url: new URL('opc.tcp://127.0.0.1:4840/line') } }],
  ['what refers to itself', circle()],
  ['an error without a class', { err: Object.assign(Object.create(null) as object, { message: 'odd' }) }],
])('writes %s', (_, facts) => {
  const { logger, text } = capture()
  logger.warn(facts, 'still here')
  expect(JSON.parse(text())).toMatchObject({ msg: 'still here' })
})

it('names what is not data by its class', () => {
  const { logger, text } = capture()
  logger.info({ held: new Map([['password', 'hunter2']]), at: new Date(0), count: 3n, url: new URL('mqtt://h/') }, 'x')
  expect(JSON.parse(text())).toMatchObject({
    held: '[Map]',
    at: '1970-01-01T00:00:00.000Z',
    count: '3',
    url: 'mqtt://h/',
  })
})

it('drops what is below its level', () => {
  const { logger, text } = capture({ level: 'warn' })
  logger.info('quiet')
  logger.warn('loud')
  expect(text()).toContain('loud')
  expect(text()).not.toContain('quiet')
})
