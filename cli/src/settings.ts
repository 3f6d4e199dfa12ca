import { type ConfigOf, loadConfig, variable } from '@fettle/platform/config'
import { environment } from '@fettle/platform/environment'
import { UserError } from './user-error.ts'

const { dataDir, httpHost, httpPort, mqttHost, mqttPort, mqttUrl, mqttAccounts, logLevel, databaseUrl } = environment
const { influxUrl, influxToken, influxOrg, influxBucket, fettleUrl, grafanaReaderPassword } = environment

/** Every variable that `fettle start` reads, declared once. */
export const variables = {
  dataDir,
  httpHost,
  httpPort,
  mqttHost,
  mqttPort,
  mqttUrl,
  mqttAccounts,
  logLevel,
  databaseUrl,
  influxUrl,
  influxToken,
  influxOrg,
  influxBucket,
  fettleUrl,
  grafanaReaderPassword,
  simPort: variable(
    'FETTLE_SIM_PORT',
    httpPort.schema,
    7070,
    'Port of the control interface of the simulated fleet in demo mode, always on 127.0.0.1',
  ),
  demoHistoryDays: variable(
    'FETTLE_DEMO_HISTORY_DAYS',
    httpPort.schema,
    45,
    'Days of service history that a demonstration writes for itself in the background, 365 at most; 0 writes none',
  ),
}
export type Settings = ConfigOf<typeof variables>

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment. Throws a `ConfigError` with all that is wrong with it. */
export function loadSettings(env: Environment = process.env): Settings {
  return loadConfig(variables, env)
}

/** A server that is named but would not be used is refused: its owner would look for the data there. */
export function refuseUnused(env: Environment = process.env): void {
  const name = environment.natsUrl.env
  if (!env[name]?.trim()) return
  throw new UserError(`${name} is set, but \`fettle start\` keeps its log in FETTLE_DATA; unset it to go on.`)
}
