import { openDatabase } from '@fettle/db/client'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { encodeLogEntry } from '@fettle/telemetry/log-entry'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { createRules } from '../src/rules.ts'
import { fates, mortal, type Fate } from './mortal.ts'
import {
  addMachine,
  addRule,
  entryOf,
  episodesOf,
  freshLog,
  jobsOf,
  pressureRule,
  temperatureRule,
  type Reading,
} from './plant.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 8, logger, applicationName: 'crash test' })
const { db } = database
afterAll(() => database.close())

/** A day of a machine, poll by poll: it heats up, cools down, stops, and now and then an upload is repeated or late. */
const days: fc.Arbitrary<Reading[][]> = fc
  .array(
    fc.record({
      temperature: fc.constantFrom(90, 97, 99, 101, 101, 107),
      pressure: fc.constantFrom(0.7, 0.7, 0.56, 0.54, 0.48),
      runState: fc.constantFrom(2, 2, 2, 2, 1, 0, 3),
      polls: fc.integer({ min: 2, max: 12 }),
      upload: fc.constantFrom('once', 'once', 'once', 'twice', 'late'),
    }),
    { minLength: 4, maxLength: 16 },
  )
  .map((stretches) => {
    let at = 0
    const late: Reading[][] = []
    const uploads = stretches.flatMap(({ temperature, pressure, runState, polls, upload }) => {
      const readings = Array.from({ length: polls }, (): Reading[] => {
        at += 5
        return [
          ['discharge_temperature', at, temperature],
          ['discharge_pressure', at, pressure],
          ['run_state', at, runState],
        ]
      })
      if (upload === 'late') late.push(readings.flat())
      if (upload === 'twice') return [...readings, ...readings]
      return upload === 'once' ? readings : []
    })
    return [...uploads, ...late]
  })

const lives = fc.array(fc.constantFrom(...fates), { minLength: 10, maxLength: 40 })

/** Feeds the uploads of a new machine to processes, one after another until the log is done; what is in the database then. */
async function watch(uploads: readonly Reading[][], coming: readonly Fate[]) {
  await using folder = await tempFolder('crash')
  const log = await freshLog(db, folder.path)
  const machine = await addMachine(db)
  await addRule(db, machine, temperatureRule)
  await addRule(db, machine, pressureRule)
  for (const readings of uploads) await log.append(0, encodeLogEntry(entryOf(machine, readings)))
  const { next } = await log.bounds(0)

  const fate = coming[Symbol.iterator]()
  const processes: { stop: () => Promise<void>; wake: () => void }[] = []
  while ((await savedPosition()) !== next) {
    const life = mortal(db, log, fate)
    const rules = createRules({ ...life, clock: systemClock, logger, saveEveryMs: 5 })
    processes.push({ ...life, stop: () => rules.stop() })
    await rules.start()
    const end = async () => life.isGone() || (await savedPosition()) === next
    await eventually(end, { what: 'the end of the process or of the log', everyMs: 2 })
  }
  for (const { wake } of processes) wake()
  await Promise.all(processes.map(({ stop }) => stop()))
  await log.close()
  expect(await savedPosition()).toBe(next) // not even one that woke up has taken anything back

  const episodes = await episodesOf(db, machine)
  return {
    deaths: processes.length - 1,
    jobs: await jobsOf(db, machine),
    episodes: episodes.map(({ raised, cleared, level, peakLevel, value, peakValue, late, trail }) =>
      JSON.stringify({ raised, cleared, level, peakLevel, value, peakValue, late, trail }),
    ),
  }
}

async function savedPosition(): Promise<number | undefined> {
  const { rows } = await database.pool.query<{ position: number }>('select position from rule_snapshots')
  return rows[0]?.position
}

it('finds the same, and once, however often its process dies', { timeout: 120_000 }, async () => {
  let deaths = 0
  let found = 0
  await fc.assert(
    fc.asyncProperty(days, lives, async (uploads, coming) => {
      const expected = await watch(uploads, [])
      const actual = await watch(uploads, coming)
      expect(actual.episodes.toSorted()).toEqual(expected.episodes.toSorted())
      expect(actual.jobs).toEqual(expected.jobs)
      deaths += actual.deaths
      found += actual.episodes.length
    }),
    { numRuns: 25 },
  )
  expect(deaths).toBeGreaterThan(25)
  expect(found).toBeGreaterThan(25)
})
