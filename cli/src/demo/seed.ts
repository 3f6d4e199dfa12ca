import { recordAudit } from '@fettle/api/audit/record'
import { hashPassword } from '@fettle/api/sessions/sessions'
import type { Database } from '@fettle/db/client'
import { uuidv7 } from '@fettle/platform/ids'
import { accounts } from '@fettle/provisioning/demo/accounts'
import { seedOperation } from '../instance/mode-facts.ts'
import { demoPassword } from './accounts.ts'
import { createIds } from './ids.ts'
import { seedHistory } from './seed-history.ts'
import { seedMachines } from './seed-machines.ts'
import { seedOrganisation, seedUsers } from './seed-organisation.ts'
import { seedStock } from './seed-stock.ts'

/**
 * Fills an empty database with the demonstration, in one transaction: it is there completely or not at all. The row in the
 * trail comes first, because its lock makes a second process wait.
 */
export async function seedDemo({ db }: Pick<Database, 'db'>, now: Date): Promise<void> {
  const hashes = await Promise.all(accounts.map(() => hashPassword(demoPassword)))
  const ids = createIds()
  await db.transaction(async (tx) => {
    await recordAudit(tx, {
      at: now,
      actorId: null,
      actor: 'Fettle',
      role: 'system',
      operation: seedOperation,
      outcome: 200,
      entity: 'instance',
      entityId: null,
      detail: {},
      address: null,
      requestId: uuidv7(),
    })
    await seedOrganisation(tx, ids)
    const actors = await seedUsers(tx, ids, hashes)
    await seedMachines(tx, ids, now)
    await seedStock(tx, ids, now)
    await seedHistory(tx, ids, actors, now)
  })
}
