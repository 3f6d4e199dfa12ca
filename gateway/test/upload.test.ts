import { gatewayStatusTopic } from '@fettle/contracts/gateway-status'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@fettle/platform/clock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import type { Reading } from '../src/driver.ts'
import { openSpool, type Spool } from '../src/spool.ts'
import { createUploader, type PlatformLink, type Uploader } from '../src/upload.ts'
import { startPlatform, type FakePlatform } from './fake-platform.ts'
import { captureLog } from './log-lines.ts'

const gateway = 'GW-TEST-1'
let dir: string
let log: ReturnType<typeof captureLog>
let platform: FakePlatform
const cleanups: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fettle-upload-'))
  log = captureLog()
  platform = await startPlatform(gateway)
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  await platform.close()
  await rm(dir, { recursive: true, force: true })
})

async function openHere(): Promise<Spool> {
  const spool = await openSpool({ dir, maxBytes: 64 * 1024 * 1024, logger: log.logger, clock: systemClock })
  cleanups.push(() => spool.close())
  return spool
}

async function upload(spool: Spool, more: Partial<PlatformLink> = {}): Promise<Uploader> {
  const uploader = createUploader({
    gateway,
    platform: { url: platform.broker.url, timeoutMs: 2_000, ackTimeoutMs: 5_000, window: 8, ...more },
    spool,
    logger: log.logger,
    clock: systemClock,
    pauses: { next: () => 10, reset: () => {} },
  })
  await uploader.start()
  cleanups.push(() => uploader.stop())
  return uploader
}

let counter = 0
beforeEach(() => (counter = 0))
/** Appends single readings one by one, so that each is a batch of its own. */
async function spoolBatches(spool: Spool, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await spool.append([['D', 's', 1_760_000_000_000 + counter, counter++, 0] satisfies Reading])
}
const numbersTo = (end: number) => Array.from({ length: end }, (_, n) => n)
const allAcknowledged = (spool: Spool) => eventually(() => expect(spool.firstUnacknowledged).toBe(spool.nextSeq))

describe('the uploader', () => {
  it('delivers what is there and what comes, in order, and nothing twice', async () => {
    const spool = await openHere()
    await spoolBatches(spool, 20)
    const uploader = await upload(spool)
    await spoolBatches(spool, 20)
    await allAcknowledged(spool)
    expect(platform.values()).toEqual(numbersTo(40))
    expect(platform.arrived.map(({ seq }) => seq)).toEqual(numbersTo(40))
    expect(platform.arrived[0]).toEqual({
      gatewayId: gateway,
      bootId: spool.bootId,
      seq: 0,
      readings: [['D', 's', 1_760_000_000_000, 0, 0]],
    })
    expect(uploader.status()).toMatchObject({ state: 'up', sent: 40, acknowledgedSeq: 39, rejected: {} })
    expect(await spool.status()).toMatchObject({ batches: 0 })
    expect(log.messages()).toEqual(['platform is up'])
  })

  it('does not take PUBACK for stored: it keeps to its window and repeats after a silence', async () => {
    platform.silent = true
    const spool = await openHere()
    await spoolBatches(spool, 20)
    const uploader = await upload(spool, { window: 4, ackTimeoutMs: 100 })
    await eventually(() => expect(platform.arrived.length).toBeGreaterThanOrEqual(8))
    expect(platform.arrived.slice(0, 8).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 0, 1, 2, 3])
    expect(spool.firstUnacknowledged).toBe(0)
    expect(uploader.status()).toMatchObject({
      state: 'down',
      lastError: { message: expect.stringContaining('acknowledged nothing') },
    })

    platform.silent = false
    await allAcknowledged(spool)
    expect(platform.values()).toEqual(numbersTo(20))
    expect(log.messages()).toEqual(['platform is down: the platform acknowledged nothing for 0.1 s', 'platform is up'])
  })

  it('one cumulative acknowledgement may stand for many batches', async () => {
    platform.silent = true
    const spool = await openHere()
    await spoolBatches(spool, 6)
    await upload(spool)
    await eventually(() => expect(platform.arrived).toHaveLength(6))
    await platform.acknowledge({ bootId: spool.bootId, seq: 5, rejected: [] })
    await allAcknowledged(spool)
    expect(platform.arrived).toHaveLength(6)
  })

  it('goes on after the network was cut, again and again', async () => {
    const spool = await openHere()
    await upload(spool)
    for (let round = 0; round < 5; round++) {
      await spoolBatches(spool, 15)
      platform.broker.cut()
    }
    await allAcknowledged(spool)
    expect(platform.values()).toEqual(numbersTo(75))
  })

  it('goes on after the broker was restarted, with one log line down and one up', async () => {
    const spool = await openHere()
    await upload(spool)
    await spoolBatches(spool, 5)
    await allAcknowledged(spool)
    const before = platform
    await before.close()
    await spoolBatches(spool, 5)
    await eventually(() => expect(log.messages()).toHaveLength(2))
    platform = await startPlatform(gateway, before, before.broker.port)
    await allAcknowledged(spool)
    await eventually(() =>
      expect(log.messages()).toEqual([
        'platform is up',
        expect.stringMatching(/^platform is down: /),
        'platform is up',
      ]),
    )
    expect(platform.values()).toEqual(numbersTo(10))
  })

  it('is restarted where the platform acknowledged, and believes a platform that knows more', async () => {
    const spool = await openHere()
    const first = await upload(spool)
    await spoolBatches(spool, 5)
    await allAcknowledged(spool)
    await first.stop()
    platform.deaf = true
    await spoolBatches(spool, 20)
    await upload(spool, { window: 2 })
    await eventually(() => expect(platform.arrived.at(-1)?.seq).toBe(6))
    platform.deaf = false
    await platform.acknowledge({ bootId: spool.bootId, seq: 21, rejected: [] }) // more than was sent in this session
    platform.stored
      .get(spool.bootId)
      ?.splice(0, Infinity, { gatewayId: gateway, bootId: spool.bootId, seq: 21, readings: [] })
    await allAcknowledged(spool)
    expect(platform.arrived.map(({ seq }) => seq)).toEqual([...numbersTo(7), 22, 23, 24])
  })

  it('counts what the platform refuses and says so once for each reason, with the reading', async () => {
    platform.reject = ({ seq }) =>
      seq % 2 === 0
        ? [{ index: 0, code: 'device/unknown' }]
        : seq === 3
          ? [{ index: -1, code: 'payload/wrong-shape' }]
          : []
    const spool = await openHere()
    const uploader = await upload(spool)
    await spoolBatches(spool, 6)
    await allAcknowledged(spool)
    expect(uploader.status().rejected).toEqual({ 'device/unknown': 3, 'payload/wrong-shape': 1 })
    const refusals = log.messages().filter((message) => message !== 'platform is up')
    expect(refusals).toEqual([
      'the platform refuses readings: device/unknown, first ["D","s",1760000000000,0,0]',
      'the platform refuses readings: payload/wrong-shape, first the whole batch 3',
    ])
  })

  it.each<[string, (bootId: string) => unknown]>([
    ['about another spool', () => ({ bootId: 'somebody-else', seq: 3, rejected: [] })],
    ['about a batch that does not exist', (bootId) => ({ bootId, seq: 99, rejected: [] })],
    ['without a number', (bootId) => ({ bootId, rejected: [] })],
    ['that is no object', () => 7],
  ])('an acknowledgement %s trims nothing', async (_, ack) => {
    platform.silent = true
    const spool = await openHere()
    await spoolBatches(spool, 4)
    await upload(spool)
    await eventually(() => expect(platform.arrived).toHaveLength(4))
    await platform.acknowledge(ack(spool.bootId))
    await platform.acknowledge({ bootId: spool.bootId, seq: 0, rejected: [] })
    await eventually(() => expect(spool.firstUnacknowledged).toBe(1))
  })

  it('fails with the reason of a broker that does not know it', async () => {
    platform.broker.aedes.authenticate = (_client, username, password, done) =>
      done(null, username === gateway && password?.toString() === 'secret')
    const spool = await openHere()
    const refused = await upload(spool, { password: 'wrong' })
    await eventually(() =>
      expect(refused.status()).toMatchObject({
        state: 'down',
        lastError: { message: expect.stringMatching(/not authorized|bad user/i) },
      }),
    )
    await refused.stop()
    const welcome = await upload(spool, { password: 'secret' })
    await eventually(() => expect(welcome.status().state).toBe('up'))
  })

  it('tells the status of its gateway while connected', async () => {
    const told: unknown[] = []
    platform.broker.aedes.on('publish', ({ topic, payload }) => {
      if (topic === gatewayStatusTopic(gateway)) told.push(JSON.parse(payload.toString()))
    })
    const uploader = await upload(await openHere())
    await eventually(() => expect(uploader.status().state).toBe('up'))
    uploader.publishStatus({ hello: 'there' })
    await eventually(() => expect(told).toEqual([{ hello: 'there' }]))
  })
})
