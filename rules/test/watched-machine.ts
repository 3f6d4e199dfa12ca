import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { openDatabase } from '@fettle/db/client'
import { consumerPositions } from '@fettle/db/schema/devices'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder, type TempFolder } from '@fettle/testing/temp-folder'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach } from 'vitest'
import { createRules, type Rules, type RulesOptions } from '../src/rules.ts'
import { addMachine, episodesOf, freshLog, publish, type Machine } from './plant.ts'

/** What each test of the importing file finds: a log and a machine of its own, in one database. */
const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
export const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'rules test' })
export const { db } = database
afterAll(() => database.close())

let folder: TempFolder
export let log: PartitionedLog
export let machine: Machine
export let rules: Rules

beforeEach(async () => {
  folder = await tempFolder('rules')
  log = await freshLog(db, folder.path)
  machine = await addMachine(db)
})

afterEach(async () => {
  await rules.stop()
  await log.close()
  await folder.remove()
})

export async function start(options: Partial<RulesOptions> = {}) {
  rules = createRules({ log, database, clock: systemClock, logger, saveEveryMs: 20, refreshEveryMs: 20, ...options })
  await rules.start()
}

/** Until everything in the log was evaluated and its effects are written. */
export const settled = () =>
  eventually(
    async () => {
      const { next } = await log.bounds(0)
      const [saved] = await db.select().from(consumerPositions).where(eq(consumerPositions.consumer, 'rules'))
      return (saved?.position ?? 0) === next
    },
    { what: 'the rules to be at the end of the log' },
  )

export async function episodes() {
  await settled()
  return episodesOf(db, machine)
}

export const running = () => publish(log, machine, ['run_state', 0, 2])
