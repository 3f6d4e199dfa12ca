import type { LogRecord, PartitionedLog } from '@fettle/bus/partitioned-log'
import { consumerPositions } from '@fettle/db/schema/devices'
import { ruleSnapshots } from '@fettle/db/schema/rules'
import { encodeLogEntry } from '@fettle/telemetry/log-entry'
import type { PositionedEntry, TelemetryStore } from '@fettle/telemetry/store'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { neededFrom, savePositions } from '../src/consumer-positions.ts'
import { createStoreWriter, type StoreWriterOptions } from '../src/store-writer.ts'
import { logger, plant } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url, { partitions: 3 })
const { db } = site.database
const device = await site.addDevice()
const id = device.assetId
const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const writer of running.splice(0)) await writer.stop()
})

let time = 1_763_781_120_000
const append = (partition: number, value: number, log: PartitionedLog = site.log) =>
  log.append(
    partition,
    encodeLogEntry({
      assetId: id,
      customerId: id,
      siteId: id,
      modelId: id,
      receivedAtMs: 0,
      source: { kind: 'device', key: device.key },
      series: Int32Array.of(1),
      timesMs: Float64Array.of(time++),
      values: Float64Array.of(value),
      qualities: Uint8Array.of(0),
    }),
  )

/** Keeps what is written instead of a database's rows; positions go to the real database. */
function memoryStore(write: TelemetryStore['write'] = async () => {}) {
  const flushes: PositionedEntry[][] = []
  const store: TelemetryStore = {
    ...site.store,
    async write(entries, alongside) {
      await write(entries)
      await db.transaction(async (tx) => alongside?.(tx, []))
      flushes.push([...entries])
    },
  }
  const values = () => flushes.flat().flatMap(({ entry }) => [...entry.values])
  return { store, flushes, values }
}

async function writerTo(store: TelemetryStore, options: Partial<StoreWriterOptions> = {}) {
  const writer = createStoreWriter({ log: site.log, store, db, logger, flushMs: 10, ...options })
  running.push(writer)
  await writer.start()
  return writer
}

describe('the store writer', () => {
  it('begins at the beginning, and goes on where the last one ended', async () => {
    const first = memoryStore()
    for (const [partition, value] of [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 4],
    ] as const)
      await append(partition, value)
    const writer = await writerTo(first.store)
    await eventually(() => first.values().length === 4, { what: 'four readings' })
    expect(first.values().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
    expect(await writer.stats()).toMatchObject({ readings: 4, lag: 0, positions: { 0: 2, 1: 1, 2: 1 } })
    await writer.stop()
    await append(1, 5)
    const second = memoryStore()
    await writerTo(second.store)
    await eventually(() => second.values().length > 0, { what: 'the next reading' })
    expect(second.values()).toEqual([5])
  })

  it('writes at once when it has many, and what it holds when it stops', async () => {
    const { store, values } = memoryStore()
    const writer = await writerTo(store, { flushMs: 3_600_000, flushReadings: 3 })
    for (const value of [1, 2, 3]) await append(0, value)
    await eventually(() => values().length === 3, { what: 'a full batch' })
    expect((await writer.stats()).flushes).toBe(1)
    await append(0, 4)
    await append(1, 5)
    await writer.stop()
    const rest = memoryStore()
    await writerTo(rest.store)
    await eventually(() => values().length + rest.values().length === 5, { what: 'the others' })
    expect([...values(), ...rest.values()].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5])
  })

  it('tries again while the store fails, in order, without skipping or doubling', async () => {
    let failures = 3
    const { store, values } = memoryStore(async () => {
      if (failures-- > 0) throw new Error('connection refused')
    })
    for (const value of [1, 2, 3]) await append(2, value)
    const writer = await writerTo(store)
    await eventually(() => values().length === 3, { what: 'the readings after the failures' })
    expect(values()).toEqual([1, 2, 3])
    expect((await writer.stats()).readings).toBe(3)
  })

  it('takes no more from the log than it can hold while the store is away', async () => {
    let open = () => {}
    const away = new Promise<void>((resolve) => (open = resolve))
    const { store, values } = memoryStore(() => away)
    let delivered = 0
    const counting: PartitionedLog = {
      ...site.log,
      consume: (options, handle) =>
        site.log.consume({ ...options, maxRecords: 10 }, async (batch) => {
          delivered += batch.records.length
          await handle(batch)
        }),
    }
    for (let value = 0; value < 100; value++) await append(0, value)
    await writerTo(store, { log: counting, flushReadings: 10 })
    await eventually(() => delivered > 0, { what: 'the first records' })
    for (let value = 100; value < 120; value++) await append(0, value)
    expect(delivered).toBeLessThanOrEqual(30)
    open()
    await eventually(() => values().length === 120, { what: 'everything' })
    expect(values()).toEqual(Array.from({ length: 120 }, (_, value) => value))
  })

  it('does not skip a record that it cannot read', async () => {
    const { store, values } = memoryStore()
    const strange: LogRecord = { position: 0, payload: Uint8Array.of(99) }
    await append(0, 1)
    const log: PartitionedLog = {
      ...site.log,
      consume: (options, handle) =>
        site.log.consume(options, (batch) =>
          handle({ ...batch, records: options.partition === 0 ? [...batch.records, strange] : batch.records }),
        ),
    }
    const writer = await writerTo(store, { log })
    await append(1, 2)
    await eventually(() => values().includes(2), { what: 'the other partition to go on' })
    expect(values()).not.toContain(1)
    expect((await writer.stats()).lag).toBe(1)
    await writer.stop()
    const next = memoryStore()
    await writerTo(next.store)
    await eventually(() => next.values().includes(1), { what: 'the record, when it can be read' })
  })

  it('begins a new log at its beginning', async () => {
    await savePositions(db, 'store', new Map([[2, 1_000_000]]))
    const { store, values } = memoryStore()
    await append(2, 77)
    await writerTo(store)
    await eventually(() => values().includes(77), { what: 'the readings of the new log' })
    expect(values().at(-1)).toBe(77)
  })
})

it('a partition is needed from the lowest place of all consumers and snapshots', async () => {
  await db.delete(consumerPositions)
  await savePositions(
    db,
    'store',
    new Map([
      [0, 10],
      [1, 20],
      [2, 30],
    ]),
  )
  expect(await neededFrom(db, ['store', 'rules'])).toEqual(new Map())
  await savePositions(
    db,
    'rules',
    new Map([
      [0, 12],
      [1, 15],
    ]),
  )
  expect(await neededFrom(db, ['store', 'rules'])).toEqual(
    new Map([
      [0, 10],
      [1, 15],
    ]),
  )
  await db.insert(ruleSnapshots).values({ partition: 0, position: 4, state: {}, savedAt: new Date() })
  expect(await neededFrom(db, ['store', 'rules'])).toEqual(
    new Map([
      [0, 4],
      [1, 15],
    ]),
  )
  expect(await neededFrom(db, ['store'])).toEqual(
    new Map([
      [0, 4],
      [1, 15],
      [2, 30],
    ]),
  )
})
