import { randomUUID } from 'node:crypto'
import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { InfluxError } from '@fettle/telemetry/influx/influx-error'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { UserError } from '../user-error.ts'
import { askInflux } from './ask-influx.ts'
import { settingsOfReader } from './influx-reader.ts'

export interface Login {
  readonly role: string
  readonly password: string
}

/**
 * Comes as the organisation's own login and tries to see more than it may, in both servers. Throws a UserError with what could be
 * seen: such credentials must not be given to anybody.
 */
export async function proveIsolation(options: {
  readonly databaseUrl: string
  readonly influx: InfluxSettings
  readonly login: Login
  readonly mirror: string
}): Promise<void> {
  const { databaseUrl, influx, login, mirror } = options
  await provePostgres(databaseUrl, login)
  await proveInflux(influx, login, mirror)
}

async function provePostgres(databaseUrl: string, { role, password }: Login): Promise<void> {
  const url = new URL(databaseUrl)
  url.username = role
  url.password = password
  const logger = createLogger({ name: 'fettle', level: 'silent' })
  const { pool, close } = openDatabase({ url: url.href, poolSize: 1, logger, applicationName: 'fettle grafana' })
  try {
    await pool.query('select from dashboards.machines limit 1')
    const { rows } = await pool.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'dashboards')
          and n.nspname not like 'pg\\_%'
          and has_schema_privilege(n.oid, 'usage')
          and (has_table_privilege(c.oid, 'select') or has_table_privilege(c.oid, 'insert')
            or has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete'))
        order by 1`,
    )
    if (rows.length > 0) {
      const names = rows.map(({ name }) => name).join(', ')
      throw new UserError(`In PostgreSQL a login for dashboards could reach ${names}: revoke that from PUBLIC first.`)
    }
  } finally {
    await close()
  }
}

/** Throws a UserError when InfluxDB answers to anybody, so that no login could be kept from anything. */
export async function requireSignIn(influx: InfluxSettings): Promise<void> {
  const nobody = { username: 'fettle_nobody', password: randomUUID(), database: influx.database }
  if (await canRead(settingsOfReader(influx, nobody))) {
    throw new UserError(
      `InfluxDB at ${influx.url} lets everybody read everything: set auth-enabled in its configuration first.`,
    )
  }
}

async function proveInflux(influx: InfluxSettings, { role, password }: Login, mirror: string): Promise<void> {
  const reader = (database: string) => settingsOfReader(influx, { username: role, password, database })
  await askInflux(reader(mirror), probe)
  if (await canRead(reader(influx.database))) {
    throw new UserError('In InfluxDB a login for dashboards could read the whole fleet; it has more rights than READ.')
  }
}

const probe = `SELECT "value" FROM "reading" WHERE time >= 0ms LIMIT 1`

async function canRead(settings: InfluxSettings): Promise<boolean> {
  try {
    await askInflux(settings, probe)
    return true
  } catch (error) {
    if (error instanceof InfluxError && error.code !== 'influx/unreachable') return false
    throw error
  }
}
