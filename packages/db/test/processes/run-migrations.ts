import { createLogger } from '@fettle/platform/logging'
import { createDatabaseIfMissing } from '../../src/create-database.ts'
import { migrate } from '../../src/migrate.ts'
import { reporting } from './messages.ts'

/** Brings a database up to date as a starting service does: `run-migrations.ts URL [MIGRATIONS_FOLDER]`. */
const [url = '', migrationsFolder] = process.argv.slice(2)

await reporting(async () => {
  const logger = createLogger({ name: 'migrations', level: 'silent' })
  await createDatabaseIfMissing(url)
  await migrate({ url, logger, ...(migrationsFolder ? { migrationsFolder } : {}) })
  return { kind: 'done' }
})
process.disconnect()
