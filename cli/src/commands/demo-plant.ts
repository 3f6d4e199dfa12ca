import { openDatabase } from '@fettle/db/client'
import { migrate } from '@fettle/db/migrate'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { prepareDemo } from '../demo/demo.ts'
import { createPastTelemetry } from '../demo/past-telemetry.ts'
import { createPlant } from '../demo/plant.ts'
import { modeFacts } from '../instance/mode-facts.ts'
import { brokerAccounts, grantAll, mqttPlan } from '../instance/mqtt-plan.ts'
import { requireFreePorts } from '../instance/ports.ts'
import { createProgress } from '../instance/progress.ts'
import { untilToldToStop } from '../instance/stop-signals.ts'
import { openStore } from '../instance/telemetry-store.ts'
import { createTeardown } from '../instance/teardown.ts'
import { loadSettings } from '../settings.ts'
import { UserError } from '../user-error.ts'

/** The customers' side of the demonstration as a process of its own, beside a platform on the servers that the environment names. */
export async function runDemoPlant(): Promise<void> {
  const settings = loadSettings()
  const { databaseUrl, mqttUrl, dataDir, simPort, logLevel } = settings
  if (databaseUrl === undefined || mqttUrl === undefined) {
    throw new UserError('DATABASE_URL and MQTT_URL must name the platform’s servers; `fettle start` needs neither.')
  }
  await requireFreePorts([
    { variable: 'FETTLE_SIM_PORT', purpose: 'the simulated fleet', host: '127.0.0.1', port: simPort },
  ])
  const told = untilToldToStop()
  const logger = createLogger({ name: 'plant', level: logLevel })
  const teardown = createTeardown(logger)
  const clock = systemClock
  try {
    await migrate({ url: databaseUrl, logger })
    const database = openDatabase({ url: databaseUrl, poolSize: 6, logger, applicationName: 'fettle plant' })
    teardown.add('database connections', database.close)
    const { seeded, empty } = await modeFacts(database)
    if (!seeded && !empty) {
      throw new UserError('The database of DATABASE_URL holds your own data: the demonstration needs an empty one.')
    }
    const plan = await prepareDemo({ database, dataDir, seeded, progress: createProgress() })
    const accounts = brokerAccounts(mqttPlan(settings))
    if (accounts) {
      await grantAll(database, accounts, plan.secrets)
      await accounts.close()
    }
    const plant = createPlant({ ...plan, database, dataDir, mqttUrl: () => publicUrl(mqttUrl), simPort, clock, logger })
    await plant.start()
    teardown.add(plant.name, () => plant.stop())
    const store = await openStore(settings, database)
    teardown.add('telemetry store', store.close)
    const past = createPastTelemetry({ database, store: store.telemetry, clock, logger })
    await past.start()
    teardown.add(past.name, () => past.stop())
    logger.info({ simulator: `${plant.simUrl()}/machines` }, 'the machines and gateways of the demonstration run')
    await told
  } finally {
    await teardown.run()
  }
}

/** Machines and gateways have credentials of their own. */
function publicUrl(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}
