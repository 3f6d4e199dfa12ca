import { fileURLToPath } from 'node:url'
import type { Logger } from '@fettle/platform/logging'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runDrizzleMigrations } from 'drizzle-orm/node-postgres/migrator'
import { Logger as WorkerLogger, runMigrations as runWorkerMigrations } from 'graphile-worker'
import pg from 'pg'

/** The same below `src` and `dist`. */
const ownMigrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** Any constant that nothing else locks: "fettle" in ASCII, which fits a bigint. */
const migrationLock = BigInt(`0x${Buffer.from('fettle').toString('hex')}`).toString()

export interface MigrateOptions {
  url: string
  logger: Logger
  /** A folder of drizzle migrations; default: those of this package. */
  migrationsFolder?: string
}

/**
 * Brings the database up to date: our tables by drizzle's migrations, then the job queue by graphile-worker's own. One process
 * at a time, under an advisory lock of PostgreSQL; the others wait, and then find nothing left to do.
 */
export async function migrate({ url, logger, migrationsFolder = ownMigrations }: MigrateOptions): Promise<void> {
  // One connection holds the lock and migrates, one is for graphile-worker. Both wait and work as long as it takes.
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'fettle migrate', statement_timeout: 0 })
  const onLost = (error: Error) => logger.warn({ err: error }, 'lost a database connection while migrating')
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  try {
    const holder = await pool.connect()
    try {
      await holder.query(`select pg_advisory_lock(${migrationLock})`)
      const sinceMs = performance.now()
      await runDrizzleMigrations(drizzle(holder), { migrationsFolder })
      await runWorkerMigrations({ pgPool: pool, logger: workerLogger(logger) })
      logger.debug({ tookMs: Math.round(performance.now() - sinceMs) }, 'the database is up to date')
    } finally {
      holder.release(true) // ends the session and with it the lock
    }
  } finally {
    await pool.end()
  }
}

function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.error(message)
    else if (level === 'warning') logger.warn(message)
    else logger.debug(message)
  })
}
