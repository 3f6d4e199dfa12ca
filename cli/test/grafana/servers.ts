import { randomBytes } from 'node:crypto'
import { openDatabase, type Database } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { createInfluxStore, type InfluxStore } from '@fettle/telemetry/influx/influx-store'
import { prepareInflux } from '@fettle/telemetry/influx/prepare'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { startInfluxd, type Influxd } from '@fettle/testing/influxd'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import pg from 'pg'
import { afterAll } from 'vitest'

export interface GrafanaServers {
  readonly databaseUrl: string
  readonly database: Database
  readonly influxd: Influxd
  /** Of the administrator. */
  readonly influx: InfluxSettings
  readonly store: InfluxStore
  /** A connection of that login to our database; it ends with the file. */
  connectAs(username: string, password: string): Promise<pg.Client>
}

export const newPassword = () => randomBytes(18).toString('base64url')

/** PostgreSQL of the test run and an InfluxDB 1.x that asks who comes, both empty. They end with the test file. */
export async function grafanaServers(): Promise<GrafanaServers> {
  const { url } = await testDatabase()
  const logger = createLogger({ name: 'test', level: 'silent' })
  const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'grafana test' })
  const folder = await tempFolder('grafana')
  const admin = { username: 'fettle', password: newPassword() }
  const influxd = await startInfluxd({ dir: folder.path, admin })
  const influx: InfluxSettings = {
    url: influxd.url,
    access: { kind: 'password', ...admin },
    bucket: 'fettle',
    database: 'fettle',
    retentionPolicy: 'autogen',
  }
  await prepareInflux(influx)
  const store = createInfluxStore({ database, influx })
  const clients: pg.Client[] = []
  afterAll(async () => {
    for (const client of clients) await client.end().catch(() => {})
    store.close()
    await influxd.stop()
    await database.close()
    await folder.remove()
  })
  return {
    databaseUrl: url,
    database,
    influxd,
    influx,
    store,
    async connectAs(username, password) {
      const login = new URL(url)
      login.username = username
      login.password = password
      const client = new pg.Client({ connectionString: login.href })
      client.on('error', () => {})
      await client.connect()
      clients.push(client)
      return client
    },
  }
}
