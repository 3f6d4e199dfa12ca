import { type Database, openDatabase } from '@fettle/db/client'
import { acquireDataFolderLock } from '@fettle/db/embedded/data-folder-lock'
import { prepareDataFolder } from '@fettle/db/embedded/data-layout'
import { createLogger } from '@fettle/platform/logging'
import { bringUpToDate, reachDatabase, startDatabase } from '../instance/database.ts'
import { silentProgress } from '../instance/progress.ts'
import { readRunningFile } from '../instance/running-file.ts'
import type { Settings } from '../settings.ts'

/**
 * Works on the database of `DATABASE_URL`, of the process that runs on the data folder, or, when none runs, on the embedded
 * one, started for this alone.
 */
export async function withDatabase<T>(settings: Settings, work: (database: Database) => Promise<T>): Promise<T> {
  const logger = createLogger({ name: 'fettle', level: 'error', pretty: false, destination: process.stderr })
  const run = async (url: string) => {
    const database = openDatabase({ url, poolSize: 2, logger, applicationName: 'fettle cli' })
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }
  const { databaseUrl } = settings
  if (databaseUrl !== undefined) {
    // No lock: the platform may be at work on the same server and data folder, as in a container.
    await reachDatabase(databaseUrl)
    await bringUpToDate(databaseUrl, logger, silentProgress)
    return run(databaseUrl)
  }
  const { root: dataDir } = await prepareDataFolder(settings.dataDir)
  const running = await readRunningFile(dataDir)
  if (running) return run(running.databaseUrl)
  const lock = await acquireDataFolderLock(dataDir)
  try {
    const server = await startDatabase({ settings: { ...settings, dataDir }, lock, logger, progress: silentProgress })
    try {
      await bringUpToDate(server.url, logger, silentProgress)
      return await run(server.url)
    } finally {
      await server.stop()
    }
  } finally {
    await lock.release()
  }
}
