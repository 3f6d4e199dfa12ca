import { fakeClock } from '@fettle/platform/clock'
import { expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { captureLog } from './log-lines.ts'
import type { Driver, DriverContext, Reading, Sink } from '../src/driver.ts'
import { createSource, type SourceOptions } from '../src/source.ts'

const reading: Reading = ['D', 'temp', 1_000_000, 71.2, 0]

/** A source whose driver the test plays itself. */
function played(run: (context: DriverContext, sink: Sink, signal: AbortSignal) => Promise<void>, store?: Sink) {
  const log = captureLog()
  const stored: Reading[] = []
  const options: SourceOptions = {
    gateway: 'GW',
    name: 'line-1',
    kind: 'played',
    dataDir: '/nonexistent',
    create: (context): Driver => ({ run: (sink, signal) => run(context, sink, signal) }),
    store: store ?? (async (readings) => void stored.push(...readings)),
    logger: log.logger,
    clock: fakeClock(1_000_000),
    pauses: { next: () => 0, reset: () => {} },
  }
  return { source: createSource(options), log, stored }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

it('counts readings and tells when the last one came', async () => {
  const { source, stored } = played(async (context, sink, signal) => {
    context.up()
    await sink([reading, reading])
    await sink([])
    await untilAborted(signal)
  })
  await source.start()
  await eventually(() => expect(source.status()).toMatchObject({ state: 'up', readings: 2, lastReadingMs: 1_000_000 }))
  expect(stored).toEqual([reading, reading])
  await source.stop()
})

it('logs a problem of a part once and its solution once, and counts between', async () => {
  let context: DriverContext | undefined
  const { source, log } = played(async (given, _, signal) => {
    context = given
    await untilAborted(signal)
  })
  await source.start()
  for (const n of [1, 2, 3]) context?.report({ subject: 'unit 9', message: `timeout ${n}` })
  expect(source.status().problems).toEqual([{ subject: 'unit 9', message: 'timeout 3', count: 3, sinceMs: 1_000_000 }])
  expect(source.status().errors).toBe(3)
  context?.solved('unit 9')
  context?.solved('unit 9')
  expect(source.status().problems).toEqual([])
  expect(log.messages()).toEqual(['line-1: unit 9: timeout 1', 'line-1: unit 9 is well again'])
  await source.stop()
})

it('keeps a bounded number of problems, whatever names come from outside', async () => {
  const { source, log } = played(async (context, _, signal) => {
    for (let n = 0; n < 1_000; n++) context.report({ subject: `topic ${n}`, message: 'no JSON' })
    await untilAborted(signal)
  })
  await source.start()
  await eventually(() => expect(source.status().errors).toBe(1_000))
  expect(source.status().problems).toHaveLength(50)
  expect(log.lines).toHaveLength(50)
  await source.stop()
})

it('a failure of the whole replaces the problems of its parts', async () => {
  let runs = 0
  const { source, log } = played(async (context, _, signal) => {
    runs += 1
    if (runs > 1) return untilAborted(signal)
    context.up()
    context.report({ subject: 'unit 9', message: 'timeout' })
    throw new Error('bus gone')
  })
  await source.start()
  await eventually(() => expect(runs).toBe(2))
  expect(source.status()).toMatchObject({ state: 'down', problems: [], errors: 2, lastError: { message: 'bus gone' } })
  expect(log.messages()).toEqual(['line-1 is up', 'line-1: unit 9: timeout', 'line-1 is down: bus gone'])
  await source.stop()
})

it('lets a driver go that waits for a full spool', async () => {
  const { source } = played(
    (_, sink) => sink([reading]),
    () => new Promise(() => {}),
  )
  await source.start()
  await eventually(() => expect(source.status().waiting).toBe(true))
  await source.stop()
  expect(source.status()).toMatchObject({ state: 'stopped', waiting: false, readings: 0 })
})
