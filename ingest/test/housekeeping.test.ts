import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { deadLetters } from '@fettle/db/schema/devices'
import { fakeClock } from '@fettle/platform/clock'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { expect, it } from 'vitest'
import { savePositions } from '../src/consumer-positions.ts'
import { createHousekeeping } from '../src/housekeeping.ts'
import { logger, plant } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url, { partitions: 3 })
const { db } = site.database
const clock = fakeClock(Date.UTC(2026, 10, 22))
const day = 24 * 3_600_000

it('trims the log to what somebody still needs, deletes old letters and looks after the store', async () => {
  const trims: [partition: number, before: number][] = []
  const log: PartitionedLog = {
    ...site.log,
    bounds: async () => ({ first: 0, next: 1_000 }),
    trim: async (partition, before) => void trims.push([partition, before]),
  }
  let maintained: number | undefined
  const store: typeof site.store = {
    ...site.store,
    async maintain(nowMs) {
      maintained = nowMs
      return { packed: 0, expired: 0 }
    },
  }
  await savePositions(
    db,
    'store',
    new Map([
      [0, 500],
      [1, 900],
      [2, 5_000],
    ]),
  )
  await savePositions(
    db,
    'rules',
    new Map([
      [0, 700],
      [2, 5_000],
    ]),
  )
  const letter = { source: 'A', topic: 't', code: 'payload/malformed' as const, detail: '', payload: '', readings: 1 }
  await db.insert(deadLetters).values([
    { ...letter, receivedAt: new Date(clock.now() - 91 * day) },
    { ...letter, receivedAt: new Date(clock.now() - 89 * day) },
  ])

  const consumers = ['store', 'rules'] as const
  const housekeeping = createHousekeeping({ log, store, db, clock, logger, consumers, keepRecords: 100 })
  await housekeeping.start()
  await eventually(async () => (await site.letters()).length === 1 && trims.length > 0, { what: 'the chores' })
  await housekeeping.stop()
  // Partition 1 was never read by the rules; the places in partition 2 are of another log.
  expect(trims).toEqual([[0, 400]])
  expect(maintained).toBe(clock.now())
})
