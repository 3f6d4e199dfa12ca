import { createDatabaseIfMissing } from '@fettle/db/create-database'
import type { DataFolderLock } from '@fettle/db/embedded/data-folder-lock'
import { startEmbeddedPostgres } from '@fettle/db/embedded/embedded-postgres'
import { migrate } from '@fettle/db/migrate'
import type { Logger } from '@fettle/platform/logging'
import type { Settings } from '../settings.ts'
import { UserError } from '../user-error.ts'
import type { Progress } from './progress.ts'

export interface DatabaseServer {
  url: string
  /** Leaves a server of somebody else as it is. */
  stop(): Promise<void>
}

export interface DatabaseOptions {
  settings: Pick<Settings, 'dataDir' | 'databaseUrl'>
  lock: DataFolderLock
  logger: Logger
  progress: Progress
}

/** PostgreSQL, embedded or the one that `DATABASE_URL` names. */
export function startDatabase({ settings, lock, logger, progress }: DatabaseOptions): Promise<DatabaseServer> {
  const { dataDir, databaseUrl } = settings
  if (databaseUrl !== undefined) {
    return progress.step('PostgreSQL', () => reachDatabase(databaseUrl), `at ${new URL(databaseUrl).host}`)
  }
  const onProgress = (step: string) => {
    if (step === 'creating the database') progress.note('PostgreSQL', 'creating the database, the first time only')
  }
  return progress.step('PostgreSQL', () => startEmbeddedPostgres({ dataDir, logger, lock, onProgress }), 'running')
}

export async function bringUpToDate(url: string, logger: Logger, progress: Progress): Promise<void> {
  await progress.step('tables', () => migrate({ url, logger }), 'up to date')
}

/** A server of somebody else; makes the database when there is none. Throws a UserError when it cannot be used. */
export async function reachDatabase(url: string): Promise<DatabaseServer> {
  try {
    await createDatabaseIfMissing(url)
  } catch (error) {
    const reason = error instanceof Error ? error.message || ('code' in error && error.code) : error
    const message = `The database at ${new URL(url).host} cannot be used (${String(reason)}): check DATABASE_URL.`
    throw new UserError(message, { cause: error })
  }
  return { url, stop: () => Promise.resolve() }
}
