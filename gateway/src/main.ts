import { join } from 'node:path'
import { systemClock } from '@fettle/platform/clock'
import { loadConfig } from '@fettle/platform/config'
import { environment } from '@fettle/platform/environment'
import { createLogger, type Logger } from '@fettle/platform/logging'
import { loadGatewayConfig } from './config.ts'
import { createGateway } from './gateway.ts'

export interface RunGatewayOptions {
  env?: Readonly<Record<string, string | undefined>>
  logger?: Logger
  /** Stops the gateway; default: SIGINT or SIGTERM. */
  signal?: AbortSignal
}

/**
 * Runs a gateway by itself from its configuration file, until it is told to stop. Rejects with a `GatewayConfigError`
 * that lists everything wrong with the file, or when another gateway uses the same folder of `FETTLE_DATA`.
 */
export async function runGateway(configPath: string, options: RunGatewayOptions = {}): Promise<void> {
  const { env = process.env, signal = untilKilled() } = options
  const config = loadGatewayConfig(configPath, env)
  const { dataDir, logLevel } = loadConfig({ dataDir: environment.dataDir, logLevel: environment.logLevel }, env)
  const logger = options.logger ?? createLogger({ name: 'gateway', level: logLevel })
  const folder = join(dataDir, 'gateway', config.gateway)
  const gateway = createGateway(config, { logger, clock: systemClock, dataDir: folder })
  await gateway.start()
  logger.info({ folder }, `${gateway.name} runs with ${config.sources.length} sources`)
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await gateway.stop()
  logger.info(`${gateway.name} stopped`)
}

/** The second signal of the same kind ends the process as usual. */
function untilKilled(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}
