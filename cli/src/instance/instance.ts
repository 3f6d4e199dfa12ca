import path from 'node:path'
import { createApi } from '@fettle/api/api'
import { acquireDataFolderLock } from '@fettle/db/embedded/data-folder-lock'
import { prepareDataFolder } from '@fettle/db/embedded/data-layout'
import { systemClock } from '@fettle/platform/clock'
import { demoAccounts } from '../demo/accounts.ts'
import { createPastTelemetry } from '../demo/past-telemetry.ts'
import type { PlantPlan } from '../demo/plant.ts'
import { createPastService } from '../demo/years/background.ts'
import type { Settings } from '../settings.ts'
import { version } from '../version.ts'
import { startDataThread } from './data-thread-handle.ts'
import { createFileLogger, logNodeWarnings, rotateLog } from './log-file.ts'
import { requireFreePorts } from './ports.ts'
import { prepareDatabase } from './prepare-database.ts'
import type { Progress } from './progress.ts'
import { removeRunningFile, writeRunningFile, type RunningInstance } from './running-file.ts'
import { createTeardown } from './teardown.ts'
import { openStore } from './telemetry-store.ts'
import { ensureWebApp } from './web-app.ts'

export interface InstanceOptions {
  settings: Settings
  /** `--demo`, `--no-demo` or neither. */
  demo?: boolean | undefined
  demoPublic?: boolean | undefined
  /** False when the demonstration's machines and gateways live in another process. */
  plant?: boolean | undefined
  /** False when something else serves the web, as in development. */
  serveWeb?: boolean | undefined
  progress: Progress
  /** Ends a start that is under way at its next step; what was started is stopped, and `startInstance` rejects. */
  signal?: AbortSignal | undefined
}

export interface Instance extends RunningInstance {
  /** Null outside of demo mode. */
  demo: PlantPlan | null
  /** No user exists, so nobody can sign in yet. */
  needsAdmin: boolean
  logFile: string
  /** False when something else serves the web. */
  servesWeb: boolean
  /** Settles only when a part died that the others cannot go on without. */
  failed: Promise<Error>
  /** In reverse order, each part within its time. */
  stop(): Promise<void>
}

/**
 * The whole of Fettle in this process: api, web and jobs in this thread, everything on the way of a reading in a second
 * one, PostgreSQL as a child. Resolves when all of it works; what fails on the way takes the rest down again.
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { demo: wish, demoPublic = false, plant = true, serveWeb = true, progress, signal } = options
  const { root: dataDir } = await prepareDataFolder(options.settings.dataDir)
  const settings = { ...options.settings, dataDir }
  const logFile = path.join(dataDir, 'logs', 'fettle.log')
  const lock = await acquireDataFolderLock(dataDir)
  rotateLog(logFile)
  const logger = createFileLogger({ name: 'fettle', file: logFile, level: settings.logLevel })
  logNodeWarnings(logger)
  const teardown = createTeardown(logger)
  teardown.add('data folder lock', lock.release)

  async function web() {
    if (!serveWeb) return null
    const buildLog = path.join(dataDir, 'logs', 'web-build.log')
    const onBuild = () => progress.note('web', 'building the pages, because their sources are new')
    const work = () => ensureWebApp({ logFile: buildLog, onBuild })
    return (await progress.step('web', work, ({ wasBuilt }) => (wasBuilt ? 'built' : 'up to date'))).root
  }

  async function startAll(): Promise<Instance> {
    await requireFreePorts(portsOf(settings))
    const [prepared, webRoot] = await both(
      prepareDatabase({ settings, wish, demoPublic, lock, teardown, logger, progress, signal }),
      web(),
    )
    const { url: databaseUrl, database, demo, needsAdmin } = prepared
    signal?.throwIfAborted()
    const plan = plant ? demo : null
    if (plan) await requireFreePorts([simulatorPort(settings)])

    const data = await progress.step(
      'services',
      () => startDataThread({ databaseUrl, dataDir, logFile, settings, demo: plan }),
      'broker, ingest, rules and store run',
    )
    teardown.add('data thread', data.stop)
    void data.failed.then((err) => logger.fatal({ err }, 'the data thread ended by itself'))

    signal?.throwIfAborted()
    const { telemetry, close } = await openStore(settings, database)
    teardown.add('telemetry store', close)
    const api = createApi(
      {
        database,
        telemetry,
        clock: systemClock,
        logger,
        version,
        demoAccounts: demo ? demoAccounts : [],
        webRoot,
        dataChecks: data.checks,
        moreMetrics: data.metrics,
      },
      { host: settings.httpHost, port: settings.httpPort },
    )
    await api.start()
    teardown.add('api', () => api.stop())

    if (plan) {
      const past = createPastTelemetry({ database, store: telemetry, clock: systemClock, logger })
      await past.start()
      teardown.add(past.name, past.stop)
      const days = settings.demoHistoryDays
      const service = createPastService({ database, days, after: past.finished(), logger })
      await service.start()
      teardown.add(service.name, service.stop)
    }

    const running = { pid: process.pid, url: api.url(), databaseUrl, ...data.addresses }
    await writeRunningFile(dataDir, running)
    teardown.add('running file', () => removeRunningFile(dataDir))
    return { ...running, demo, needsAdmin, logFile, servesWeb: serveWeb, failed: data.failed, stop: teardown.run }
  }

  try {
    return await startAll()
  } catch (error) {
    await teardown.run()
    throw error
  }
}

function portsOf({ httpHost, httpPort, mqttHost, mqttPort, mqttUrl }: Settings) {
  const web = { variable: 'FETTLE_HTTP_PORT', purpose: 'the web', host: httpHost, port: httpPort }
  const devices = { variable: 'FETTLE_MQTT_PORT', purpose: 'devices (MQTT)', host: mqttHost, port: mqttPort }
  return mqttUrl === undefined ? [web, devices] : [web]
}

const simulatorPort = ({ simPort: port }: Settings) => ({
  variable: 'FETTLE_SIM_PORT',
  purpose: 'the simulated fleet',
  host: '127.0.0.1',
  port,
})

/** Waits for both, also when one fails: what the other started meanwhile must be known before it is undone. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second])
  if (a.status === 'rejected') throw a.reason
  if (b.status === 'rejected') throw b.reason
  return [a.value, b.value]
}
