import { randomBytes } from 'node:crypto'
import type { Db } from '@fettle/db/client'
import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { insertMachines } from './machines.ts'
import { insertOrganisation } from './organisation.ts'
import { insertStock } from './stock.ts'

export interface MachineOfWorks {
  readonly assetId: string
  /** The device key. */
  readonly key: string
  /** Ids by signal key. */
  readonly signalIds: ReadonlyMap<string, string>
}

export type Works = Awaited<ReturnType<typeof buildWorks>>

export interface WorksOptions {
  /** Machines that speak for themselves over MQTT. */
  direct: number
  /** Machines behind the one gateway. */
  behindGateway: number
}

/**
 * Fills an empty, migrated database with a customer's works and the service company that looks after it: machines that are
 * connected directly or through a gateway, their rules, an engineer with parts to take, and users to sign in as.
 */
export async function buildWorks(databaseUrl: string, { direct, behindGateway }: WorksOptions) {
  const password = randomBytes(12).toString('base64url')
  return inDatabase(databaseUrl, (db) =>
    db.transaction(async (tx) => {
      const organisation = await insertOrganisation(tx, password)
      const stock = await insertStock(tx)
      const machines = await insertMachines(tx, organisation, { direct, behindGateway })
      return { ...organisation, ...stock, ...machines, password }
    }),
  )
}

/** Works on the database of a running instance from outside, as nobody but a test does. */
export async function inDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const logger = createLogger({ name: 'works', level: 'silent' })
  const database = openDatabase({ url, poolSize: 1, logger, applicationName: 'e2e' })
  try {
    return await work(database.db)
  } finally {
    await database.close()
  }
}
