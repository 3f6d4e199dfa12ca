import { type Database, openDatabase } from '@fettle/db/client'
import type { DataFolderLock } from '@fettle/db/embedded/data-folder-lock'
import type { Logger } from '@fettle/platform/logging'
import { prepareDemo } from '../demo/demo.ts'
import type { PlantPlan } from '../demo/plant.ts'
import { prepareDashboards } from '../grafana/at-start.ts'
import type { Settings } from '../settings.ts'
import { bringUpToDate, startDatabase } from './database.ts'
import { decideMode, requireLoopback } from './mode.ts'
import { modeFacts } from './mode-facts.ts'
import type { Progress } from './progress.ts'
import type { Teardown } from './teardown.ts'

export interface PrepareDatabaseOptions {
  /** `dataDir`: absolute. */
  settings: Settings
  /** `--demo`, `--no-demo` or neither. */
  wish: boolean | undefined
  demoPublic: boolean
  lock: DataFolderLock
  teardown: Teardown
  logger: Logger
  progress: Progress
  signal: AbortSignal | undefined
}

export interface PreparedDatabase {
  url: string
  /** Connections of the main thread. */
  database: Database
  /** Null outside of demo mode. */
  demo: PlantPlan | null
  /** No user exists, so nobody can sign in yet. */
  needsAdmin: boolean
}

/** PostgreSQL with tables of today; with the demonstration in it where that is wanted and allowed. */
export async function prepareDatabase(options: PrepareDatabaseOptions): Promise<PreparedDatabase> {
  const { settings, wish, demoPublic, lock, teardown, logger, progress, signal } = options
  const server = await startDatabase({ settings, lock, logger, progress })
  teardown.add('PostgreSQL', server.stop)
  signal?.throwIfAborted()
  await bringUpToDate(server.url, logger, progress)
  signal?.throwIfAborted()
  const database = openDatabase({ url: server.url, poolSize: 12, logger, applicationName: 'fettle api' })
  teardown.add('database connections', database.close)
  await prepareDashboards({ database, settings, logger, progress })
  const { seeded, empty, hasUsers } = await modeFacts(database)
  const mode = decideMode({ wish, seeded, empty, embedded: settings.databaseUrl === undefined })
  if (mode === 'work') return { url: server.url, database, demo: null, needsAdmin: !hasUsers }
  requireLoopback({ FETTLE_HTTP_HOST: settings.httpHost, FETTLE_MQTT_HOST: settings.mqttHost }, demoPublic)
  const demo = await prepareDemo({ database, dataDir: settings.dataDir, seeded, progress })
  return { url: server.url, database, demo, needsAdmin: false }
}
