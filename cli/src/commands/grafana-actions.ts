import { readFile } from 'node:fs/promises'
import type { Database } from '@fettle/db/client'
import { dashboards } from '@fettle/provisioning/grafana/dashboards'
import { influxSettings, type InfluxSettings } from '@fettle/telemetry/influx/settings'
import { mirrorSettings } from '@fettle/telemetry/influx/mirrors'
import { askInflux } from '../grafana/ask-influx.ts'
import { ensureMainReader, mainReaderName } from '../grafana/reader.ts'
import { findOrganisation } from '../grafana/organisations.ts'
import { reportOf, runQueries, type DataSources } from '../grafana/run-queries.ts'
import { UserError } from '../user-error.ts'
import { askPassword } from './ask-password.ts'
import { influxOf, loadGrafanaSettings } from './grafana-settings.ts'
import { withDatabase } from './with-database.ts'

/** `fettle start` does the same where FETTLE_GRAFANA_READER_PASSWORD is set. */
export async function makeReader(options: { passwordFile?: string; json?: boolean }): Promise<void> {
  const settings = loadGrafanaSettings()
  const { fettleUrl } = settings
  const given = await passwordFrom(options.passwordFile)
  const password = given ?? settings.grafanaReaderPassword ?? (await askPassword('Password for dashboards: ')).trim()
  const influx = influxSettings(settings)
  const role = await withDatabase(settings, (database) => ensureMainReader({ database, influx, password, fettleUrl }))
  if (options.json) console.log(JSON.stringify({ username: role, influx: influx !== undefined }))
  else console.log(`${role} reads dashboards from PostgreSQL${influx ? ' and InfluxDB' : ''}.`)
}

async function passwordFrom(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    throw new UserError(`${file} cannot be read: it should have the password.`, { cause })
  }
}

interface CheckOptions {
  readonly org?: string
  readonly machine?: string
  readonly hours: string
  readonly json?: boolean
}

/** Every query, as that organisation's login sees it; PostgreSQL takes on the login's role, so no password is needed. */
export async function checkQueries({ org, machine, hours, json = false }: CheckOptions): Promise<void> {
  const settings = loadGrafanaSettings()
  const influx = influxOf(settings)
  const spanMs = Number(hours) * 3_600_000
  if (!(spanMs > 0)) throw new UserError(`--hours ${hours} is no span.`)
  const toMs = Date.now()
  const range = { fromMs: toMs - spanMs, toMs }
  const prefer = (name: string, text: string) => machine !== undefined && name === 'machine' && text.startsWith(machine)
  await withDatabase(settings, async (database) => {
    const sources = await sourcesAs(database, influx, org)
    const asked: { dashboard: string; queries: object[] }[] = []
    for (const dashboard of dashboards) {
      const ran = await runQueries(dashboard, { sources, range, prefer })
      asked.push({
        dashboard: dashboard.title,
        queries: ran.map(({ rows, ...query }) => ({ ...query, rows: rows.length })),
      })
      if (!json) console.log(reportOf(dashboard, ran))
    }
    if (json) console.log(JSON.stringify({ dashboards: asked }))
  })
}

async function sourcesAs(database: Database, influx: InfluxSettings, org: string | undefined): Promise<DataSources> {
  const organisation = org === undefined ? undefined : await findOrganisation(database.db, org)
  const role = organisation?.role ?? (await mainReaderName(database))
  const mirror = organisation?.mirror
  if (organisation && !mirror) throw new UserError(`${org} has no data yet: \`fettle grafana org create\` makes them.`)
  const source = mirror ? mirrorSettings(influx, mirror) : influx
  return {
    async sql(text) {
      const client = await database.pool.connect()
      try {
        await client.query('begin read only')
        await client.query(`select set_config('role', $1, true)`, [role])
        return (await client.query<Record<string, unknown>>(text)).rows
      } catch (cause) {
        throw new UserError(
          `PostgreSQL refuses a query of ${role}: ${cause instanceof Error ? cause.message : String(cause)}`,
          {
            cause,
          },
        )
      } finally {
        await client.query('rollback')
        client.release()
      }
    },
    influxql: (text) => askInflux(source, text),
  }
}
