import path from 'node:path'
import { hasDebianPostgres, startDebianPostgres } from '@fettle/testing/debian-postgres'
import { hasInfluxd, startInfluxd, type Influxd } from '@fettle/testing/influxd'
import { hasMosquitto, startMosquitto, type Mosquitto } from '@fettle/testing/mosquitto'

/** What `docker compose` runs, from Debian: PostgreSQL, InfluxDB 1.x and mosquitto with its accounts. */
export interface DebianServers {
  /** For `fettle start`. */
  readonly env: Readonly<Record<string, string>>
  readonly databaseUrl: string
  readonly influxd: Influxd
  readonly mosquitto: Mosquitto
  stop(): Promise<void>
}

/** Whether all of them are installed; tests that need them skip themselves otherwise, with a word. */
export async function hasDebianServers(): Promise<boolean> {
  const found = await Promise.all([hasDebianPostgres(), hasInfluxd(), hasMosquitto()])
  const all = found.every(Boolean)
  if (!all) console.log('skipped: PostgreSQL, InfluxDB 1.x or mosquitto of Debian is not installed')
  return all
}

export async function startDebianServers(folder: string): Promise<DebianServers> {
  const postgres = await startDebianPostgres(folder)
  const admin = { username: 'fettle', password: 'for-the-test-alone' }
  const influxd = await startInfluxd({ dir: path.join(folder, 'influxdb'), admin })
  const mosquitto = await startMosquitto(folder)
  const influxUrl = new URL(influxd.url)
  influxUrl.username = admin.username
  influxUrl.password = admin.password
  return {
    env: {
      DATABASE_URL: postgres.url,
      INFLUX_URL: influxUrl.href,
      INFLUX_BUCKET: 'fettle',
      MQTT_URL: mosquitto.url,
      MQTT_ACCOUNTS: 'dynamic-security',
    },
    databaseUrl: postgres.url,
    influxd,
    mosquitto,
    async stop() {
      await mosquitto.stop()
      await influxd.stop()
      await postgres.stop()
    },
  }
}
