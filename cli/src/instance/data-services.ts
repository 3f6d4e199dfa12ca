import path from 'node:path'
import type { DataChecks } from '@fettle/api/dependencies'
import { openSegmentFileLog } from '@fettle/bus/segment-file-log'
import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { openDatabase } from '@fettle/db/client'
import { createIngest, type Ingest } from '@fettle/ingest/ingest'
import { systemClock } from '@fettle/platform/clock'
import type { Service } from '@fettle/platform/lifecycle'
import type { LogLevel } from '@fettle/platform/logging'
import { createRules, type Rules } from '@fettle/rules/rules'
import type { InfluxVariables } from '@fettle/telemetry/influx/settings'
import { createPlant, type Plant, type PlantPlan } from '../demo/plant.ts'
import { createFileLogger, logNodeWarnings } from './log-file.ts'
import { dataMetrics } from './metrics.ts'
import { brokerAccounts, grantAll, type MqttPlan } from './mqtt-plan.ts'
import { createTeardown } from './teardown.ts'
import { openStore } from './telemetry-store.ts'

/** Everything that the data thread needs to know; it crosses the border between threads, so it is plain data. */
export interface DataThreadOptions {
  databaseUrl: string
  dataDir: string
  logFile: string
  logLevel: LogLevel
  mqtt: MqttPlan
  influx: InfluxVariables
  simPort: number
  /** Null outside of demo mode. */
  demo: PlantPlan | null
}

export interface DataAddresses {
  /** Where devices and gateways send to. */
  mqttUrl: string
  /** Absent outside of demo mode. */
  simUrl?: string
}

/** What the main thread may ask, by the name of the question. */
export interface DataAnswers {
  addresses: DataAddresses
  checks: DataChecks
  metrics: string
}

interface Running {
  log: PartitionedLog
  ingest: Ingest
  rules: Rules
  plant: Plant | null
}

/** Broker, ingest, log, store writer and rules; in demo mode the customers' machines and gateways as well. */
export function createDataServices(
  options: DataThreadOptions,
): Service & { addresses(): DataAddresses; checks(): Promise<DataChecks>; metrics(): Promise<string> } {
  const { databaseUrl, dataDir, logFile, logLevel, mqtt, influx, simPort, demo } = options
  const logger = createFileLogger({ name: 'data', file: logFile, level: logLevel })
  const teardown = createTeardown(logger)
  let running: Running | undefined

  function current(): Running {
    if (!running) throw new Error('the data services do not run')
    return running
  }

  async function startAll(): Promise<Running> {
    const clock = systemClock
    const log = await openSegmentFileLog({
      dir: path.join(dataDir, 'log'),
      onRetentionError: (error) => logger.warn({ err: error }, 'an old part of the log could not be deleted'),
    })
    teardown.add('log', () => log.close())
    const database = openDatabase({ url: databaseUrl, poolSize: 10, logger, applicationName: 'fettle data' })
    teardown.add('database connections', database.close)
    const { telemetry: store, close } = await openStore(influx, database)
    teardown.add('telemetry store', close)
    const accounts = brokerAccounts(mqtt)
    const ingest = createIngest({
      log,
      store,
      database,
      mqtt: 'url' in mqtt ? { url: mqtt.url, accounts } : mqtt,
      clock,
      logger: logger.child({ part: 'ingest' }),
      // Uncaught, so that it ends the thread and with it the process: only a restart helps.
      onLogFailed: (error) => process.nextTick(() => rethrow(error)),
    })
    await begin(ingest)
    const rules = createRules({ log, database, clock, logger: logger.child({ part: 'rules' }) })
    await begin(rules)
    if (demo && accounts) await grantAll(database, accounts, demo.secrets)
    const plant =
      demo && createPlant({ ...demo, database, dataDir, mqttUrl: () => ingest.mqttUrl, simPort, clock, logger })
    if (plant) await begin(plant)
    return { log, ingest, rules, plant }
  }

  async function begin(service: Service): Promise<void> {
    await service.start()
    teardown.add(service.name, () => service.stop())
  }

  return {
    name: 'data thread',
    async start() {
      logNodeWarnings(logger)
      try {
        running = await startAll()
      } catch (error) {
        await teardown.run()
        throw error
      }
    },
    stop: teardown.run,
    addresses() {
      const { ingest, plant } = current()
      return { mqttUrl: ingest.mqttUrl, ...(plant && { simUrl: plant.simUrl() }) }
    },
    checks: () => current().ingest.health(),
    metrics: () => dataMetrics(current()),
  }
}

function rethrow(error: unknown): never {
  throw error
}
