import type { Database } from '@fettle/db/client'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import { uuidv7 } from '@fettle/platform/ids'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { influxReaders } from './influx-readers.ts'
import { ensureLoginRole } from './login-role.ts'

export interface MainReaderOptions {
  readonly database: Database
  /** Undefined where telemetry lives in PostgreSQL. */
  readonly influx: InfluxSettings | undefined
  readonly password: string
  readonly fettleUrl: string
}

/**
 * The login of our own organisation in Grafana, which sees the whole fleet: a role in PostgreSQL and a user in InfluxDB of the same
 * name and password, both of them to read only. Doing it again sets the password. Returns their name.
 */
export async function ensureMainReader({ database, influx, password, fettleUrl }: MainReaderOptions): Promise<string> {
  const role = await mainReaderName(database)
  await ensureLoginRole(database, role, password)
  await database.db
    .insert(grafanaOrganisations)
    .values({ id: uuidv7(), name: role, scope: 'all', role, fettleUrl, createdAt: new Date() })
    .onConflictDoUpdate({ target: grafanaOrganisations.role, set: { fettleUrl } })
  if (influx) {
    const readers = await influxReaders(influx)
    await readers.ensureReader({ username: role, password, database: influx.database })
  }
  return role
}

/** Logins belong to the whole server, so it is called after its database: `fettle_reader`. */
export async function mainReaderName({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(`select current_database() || '_reader' as name`)
  const [row] = rows
  if (!row) throw new Error('PostgreSQL does not say the name of its database')
  return row.name
}
