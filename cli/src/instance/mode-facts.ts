import type { Database } from '@fettle/db/client'
import type { ModeFacts } from './mode.ts'

/** The trail's row of the seeding is what remembers that a database is a demonstration; nobody can take it out again. */
export const seedOperation = 'seedDemo'

interface DatabaseFacts extends Pick<ModeFacts, 'seeded' | 'empty'> {
  hasUsers: boolean
}

export async function modeFacts({ pool }: Pick<Database, 'pool'>): Promise<DatabaseFacts> {
  const { rows } = await pool.query<DatabaseFacts>(
    `select exists (select from audit_log where operation = $1) as seeded,
            not exists (select from users) and not exists (select from customers) as empty,
            exists (select from users) as "hasUsers"`,
    [seedOperation],
  )
  const [facts] = rows
  if (!facts) throw new Error('PostgreSQL answered no row to a query that has one')
  return facts
}
