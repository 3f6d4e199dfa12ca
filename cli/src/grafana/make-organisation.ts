import { randomBytes } from 'node:crypto'
import type { Database } from '@fettle/db/client'
import { dashboards } from '@fettle/provisioning/grafana/dashboards'
import { dataSourcesOf, type DataSourceFacts } from '@fettle/provisioning/grafana/data-sources'
import { fleetDashboard } from '@fettle/provisioning/grafana/fleet-dashboard'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { copyHistory, type CopyProgress } from './copy-history.ts'
import type { GrafanaApi } from './grafana-api.ts'
import { influxReaders } from './influx-readers.ts'
import { dropLoginRole, ensureLoginRole } from './login-role.ts'
import { change, ensureOrganisation, forget, type Organisation, type WantedOrganisation } from './organisations.ts'
import { proveIsolation, requireSignIn } from './prove-isolation.ts'

export interface MakeOptions {
  readonly database: Database
  /** `postgres://…` of `database`. */
  readonly databaseUrl: string
  readonly influx: InfluxSettings
  readonly grafana: GrafanaApi
  readonly wanted: WantedOrganisation
  /** Where Grafana reaches the servers, when that is not where we do. */
  readonly reach?: { readonly influxUrl?: string | undefined; readonly postgres?: string | undefined }
  readonly onProgress: (progress: CopyProgress) => void
}

/**
 * Makes an organisation, or finishes, repairs and renews one that is there: its mirror in InfluxDB, a login for both servers with
 * a new password, the proof that this login sees nothing else, the history, and what Grafana needs. The password is given to
 * Grafana and kept nowhere, so doing it again is also how it is changed. Rejects with errors for people.
 */
export async function makeOrganisation(
  options: MakeOptions,
): Promise<{ organisation: Organisation; readings: number }> {
  const { database, databaseUrl, influx, grafana, wanted, reach = {}, onProgress } = options
  const { db } = database
  // First whether all three can be worked on: half an organisation helps nobody.
  await grafana.check(wanted.name)
  const readers = await influxReaders(influx)
  await requireSignIn(influx)
  const reserved = await ensureOrganisation(db, wanted)
  const { id, role } = reserved

  const mirror = reserved.mirror ?? role
  await readers.ensureStore(mirror)
  // Listed from here on: the store writes there, so the copy below has no gap after it.
  const listed = await change(db, id, { mirror, brokenSince: null, brokenReason: null })

  const password = randomBytes(24).toString('base64url')
  await readers.ensureReader({ username: role, password, database: mirror })
  await ensureLoginRole(database, role, password)
  await proveIsolation({ databaseUrl, influx, login: { role, password }, mirror })

  const readings = await copyHistory({ db, influx, organisation: { ...listed, mirror }, onProgress })

  const facts = { reader: role, password, influxDatabase: mirror, ...placesOf(databaseUrl, influx, reach) }
  const grafanaOrgId = await furnish(grafana, wanted.name, facts)
  return { organisation: await change(db, id, { grafanaOrgId }), readings }
}

async function furnish(grafana: GrafanaApi, name: string, facts: DataSourceFacts): Promise<number> {
  const orgId = await grafana.ensureOrganisation(name)
  for (const source of dataSourcesOf(facts)) await grafana.saveDataSource(orgId, source)
  for (const dashboard of dashboards) await grafana.saveDashboard(orgId, dashboard)
  await grafana.setHome(orgId, fleetDashboard.uid)
  return orgId
}

function placesOf(databaseUrl: string, influx: InfluxSettings, reach: NonNullable<MakeOptions['reach']>) {
  const url = new URL(databaseUrl)
  return {
    influxUrl: reach.influxUrl ?? influx.url,
    postgres: reach.postgres ?? `${url.hostname}:${url.port || '5432'}`,
    database: decodeURIComponent(url.pathname.slice(1)),
    sslMode: url.searchParams.get('sslmode') ?? 'disable',
  }
}

export interface RemoveOptions extends Pick<MakeOptions, 'database' | 'influx' | 'grafana'> {
  readonly organisation: Organisation
}

/** Takes all of it away again, Grafana's part first, so that nobody looks at dashboards that fail; may be done again. */
export async function removeOrganisation({ database, influx, grafana, organisation }: RemoveOptions): Promise<void> {
  const { id, name, role, mirror, grafanaOrgId } = organisation
  await grafana.check(name)
  const readers = await influxReaders(influx)
  if (grafanaOrgId !== null) await grafana.removeOrganisation(grafanaOrgId)
  await change(database.db, id, { mirror: null, grafanaOrgId: null, copiedSeries: 0, copiedAt: null })
  await readers.dropReader(role)
  await readers.dropStore(mirror ?? role)
  await dropLoginRole(database, role)
  await forget(database.db, id)
}
