import { randomBytes } from 'node:crypto'
import type { Db } from '@fettle/db/client'
import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { insertMachines, type WorksOptions } from './machines.ts'
import { insertOrganisation } from './organisation.ts'
import { insertStock } from './stock.ts'

export type Works = Awaited<ReturnType<typeof buildWorks>>

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
