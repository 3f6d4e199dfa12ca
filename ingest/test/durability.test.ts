import { LogError, type PartitionedLog } from '@fettle/bus/partitioned-log'
import { openDatabase } from '@fettle/db/client'
import { deadLetters } from '@fettle/db/schema/devices'
import { decodeLogEntry } from '@fettle/telemetry/log-entry'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { eq } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cuttableProxy } from './cuttable-proxy.ts'
import { batch, logger, plant, telemetry, type Device } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
const devices: Device[] = []
for (let i = 0; i < 20; i++) devices.push(await site.addDevice())
const freshDevice = () => devices.pop()!
const gateway = await site.addGateway()
const now = Date.now()
const at = (ms: number, temp: number) => JSON.stringify({ ts: now + ms, values: { temp } })
const raw = (device: Device) =>
  site.store.raw({ signalId: device.signals.temp, fromMs: now - 1_000_000, toMs: now + 1_000_000 })

/** The real log, where the test says when, or whether, each append becomes durable. */
function heldLog(log: PartitionedLog) {
  const held: { settle: (error?: LogError) => void }[] = []
  const holding: PartitionedLog = {
    partitions: log.partitions,
    append(partition, payload) {
      return new Promise((resolve, reject) => {
        held.push({
          settle: (error) => (error ? reject(error) : void log.append(partition, payload).then(resolve, reject)),
        })
      })
    },
    consume: (options, handle) => log.consume(options, handle),
    bounds: (partition) => log.bounds(partition),
    trim: (partition, before) => log.trim(partition, before),
    close: () => log.close(),
  }
  const waitFor = (count: number) => eventually(() => held.length >= count, { what: `${count} appends` })
  return { log: holding, held, waitFor }
}

describe('PUBACK', () => {
  it('comes after the reading is durable, and in the order of the messages', async () => {
    const { log, held, waitFor } = heldLog(site.log)
    const ingest = await site.ingest({ log })
    onTestFinished(() => ingest.stop())
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const acked: number[] = []
    const sends = [1, 2, 3].map((n) =>
      client.publishAsync(telemetry(device), at(n, n), { qos: 1 }).then(() => acked.push(n)),
    )
    await waitFor(3)
    expect(acked).toEqual([])
    held[2]!.settle()
    held[1]!.settle()
    // The broker answers a ping only when the messages before it are released: a round trip through another connection.
    const other = await site.connect(ingest, freshDevice())
    await expect(other.subscribeAsync('not/mine')).rejects.toThrow(/Subscribe error/)
    expect(acked).toEqual([])
    held[0]!.settle()
    await Promise.all(sends)
    expect(acked).toEqual([1, 2, 3])
  })

  it('does not come when the log fails: the connection ends, nothing after it is acknowledged, somebody is told', async () => {
    const { log, held, waitFor } = heldLog(site.log)
    const failures: LogError[] = []
    const ingest = await site.ingest({ log, onLogFailed: (error) => failures.push(error) })
    onTestFinished(() => ingest.stop())
    const device = freshDevice()
    const client = await site.connect(ingest, device)
    const sends = [1, 2, 3].map((n) => client.publishAsync(telemetry(device), at(n, n), { qos: 1 }))
    const outcomes = Promise.allSettled(sends)
    await waitFor(3)
    const closed = new Promise<void>((resolve) => client.once('close', resolve))
    held[2]!.settle()
    held[0]!.settle()
    await sends[0]
    held[1]!.settle(new LogError('log/failed', 'no space left on device'))
    await closed
    client.end(true)
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(failures).toMatchObject([{ code: 'log/failed' }])
  })

  it('of a gateway batch waits for all its machines, and so does the cumulative acknowledgement', async () => {
    const { log, held, waitFor } = heldLog(site.log)
    const ingest = await site.ingest({ log })
    onTestFinished(() => ingest.stop())
    const client = await site.connect(ingest, gateway)
    const acks: string[] = []
    client.on('message', (_, payload) => acks.push(payload.toString()))
    await client.subscribeAsync(`fettle/v1/gateways/${gateway.key}/ack`)
    const readings = [freshDevice(), freshDevice()].map(({ key }) => [key, 'temp', now, 1, 0])
    let done = false
    const payload = JSON.stringify({ gatewayId: gateway.key, bootId: 'b', seq: 0, readings })
    const sent = client.publishAsync(batch(gateway), payload, { qos: 1 }).then(() => (done = true))
    await waitFor(2)
    held[1]!.settle()
    const other = await site.connect(ingest, freshDevice())
    await expect(other.subscribeAsync('not/mine')).rejects.toThrow(/Subscribe error/)
    expect([done, acks]).toEqual([false, []])
    held[0]!.settle()
    await sent
    await eventually(() => acks.length > 0, { what: 'the acknowledgement' })
    expect(JSON.parse(acks[0]!)).toEqual({ bootId: 'b', seq: 0, rejected: [] })
  })
})

it('the log has the messages of a machine in the order they came', async () => {
  const ingest = await site.ingest()
  onTestFinished(() => ingest.stop())
  const device = freshDevice()
  const client = await site.connect(ingest, device)
  const sends = Array.from({ length: 300 }, (_, n) =>
    // Some are refused in part, so that they wait for the database before they are acknowledged.
    client.publishAsync(telemetry(device), n % 7 === 0 ? `{"temp":${n},"x":1}` : `{"temp":${n}}`, { qos: 1 }),
  )
  await Promise.all(sends)
  const seen: number[] = []
  for (let partition = 0; partition < site.log.partitions; partition++) {
    const { next } = await site.log.bounds(partition)
    const ending = new AbortController()
    if (next === 0) continue
    await site.log.consume({ partition, from: 'start', signal: ending.signal }, async ({ records, next: at }) => {
      const entries = records.map(({ payload }) => decodeLogEntry(payload))
      seen.push(...entries.filter(({ assetId }) => assetId === device.assetId).flatMap(({ values }) => [...values]))
      if (at >= next) ending.abort()
    })
  }
  expect(seen).toEqual(sends.map((_, n) => n))
})

it('while the database is away telemetry is acknowledged, known machines connect again, bad messages wait', async () => {
  const proxy = await cuttableProxy(url)
  const database = openDatabase({ url: proxy.url, poolSize: 6, logger, applicationName: 'cut' })
  const ingest = await site.ingest({ database, store: createPostgresStore({ database }) })
  onTestFinished(async () => {
    proxy.mend()
    await ingest.stop()
    await database.close()
    await proxy.close()
  })
  const [good, bad, unseen] = [freshDevice(), freshDevice(), freshDevice()]
  const client = await site.connect(ingest, good)
  const badClient = await site.connect(ingest, bad)
  proxy.cut()
  await client.publishAsync(telemetry(good), at(1, 1), { qos: 1 })
  let refusedIsAcked = false
  const refused = badClient
    .publishAsync(telemetry(bad), '{"temp":3,"nonsense":1}', { qos: 1 })
    .then(() => (refusedIsAcked = true))
  await client.endAsync()
  const again = await site.connect(ingest, good)
  await again.publishAsync(telemetry(good), at(2, 2), { qos: 1 })
  await expect(site.connect(ingest, unseen)).rejects.toMatchObject({ code: 3 })
  expect((await ingest.stats()).writer.lag).toBeGreaterThan(0)
  expect(refusedIsAcked).toBe(false)

  proxy.mend()
  await refused
  const letters = await site.database.db.select().from(deadLetters).where(eq(deadLetters.source, bad.key))
  expect(letters).toMatchObject([{ code: 'signal/unknown', readings: 1 }])
  await eventually(async () => (await raw(good)).times.length === 2, { what: 'the readings of the outage' })
  expect((await raw(good)).values).toEqual([1, 2])
  await eventually(async () => (await raw(bad)).times.length === 1, { what: 'the good reading beside the bad one' })
  expect((await site.connect(ingest, unseen)).connected).toBe(true)
})
