import type { Database } from '@fettle/db/client'
import { makeOrganisation, removeOrganisation } from '../grafana/make-organisation.ts'
import { findOrganisation, listOrganisations, type Organisation, type Whose } from '../grafana/organisations.ts'
import { UserError } from '../user-error.ts'
import { auditCommand } from './audit-command.ts'
import { grafanaOf, influxOf, loadGrafanaSettings } from './grafana-settings.ts'
import { withDatabase } from './with-database.ts'

export interface OrganisationOptions extends Whose {
  readonly name: string
  readonly postgres?: string
  readonly influx?: string
  readonly json?: boolean
}

export async function createOrganisation(options: OrganisationOptions): Promise<void> {
  const { name, customer, manufacturer, postgres, influx: influxUrl, json = false } = options
  const settings = loadGrafanaSettings()
  const [influx, grafana] = [influxOf(settings), grafanaOf(settings)]
  const wanted = { name: nameOf(name), customer, manufacturer, fettleUrl: settings.fettleUrl }
  const reach = { influxUrl, postgres }
  await withDatabase(settings, async (database) => {
    const databaseUrl = urlOf(database)
    const onProgress = progressLines()
    const made = await makeOrganisation({ database, databaseUrl, influx, grafana, wanted, reach, onProgress })
    await audit(database, 'createGrafanaOrganisation', made.organisation)
    const { role, mirror, grafanaOrgId } = made.organisation
    if (json) console.log(JSON.stringify({ name, login: role, mirror, grafanaOrgId, readings: made.readings }))
    else {
      console.log(`${name} is organisation ${grafanaOrgId} of Grafana, with ${made.readings} readings copied.`)
      console.log(`Its login in both servers is ${role}; Grafana alone has its password.`)
      console.log('People join it in Grafana, under Administration → Users and access.')
    }
  })
}

export async function printOrganisations({ json = false }: { json?: boolean }): Promise<void> {
  await withDatabase(loadGrafanaSettings(), async ({ db }) => {
    const rows = (await listOrganisations(db)).map(({ organisation, customer }) => ({
      name: organisation.name,
      shows: customer ?? organisation.manufacturer,
      login: organisation.role,
      mirror: organisation.mirror,
      grafanaOrgId: organisation.grafanaOrgId,
      state: stateOf(organisation),
    }))
    if (json) console.log(JSON.stringify({ organisations: rows }))
    else if (rows.length === 0) console.log('There is none; `fettle grafana org create` makes one.')
    for (const { name, shows, login, grafanaOrgId, state } of json ? [] : rows) {
      console.log(
        `${name}\n  shows    ${shows}\n  login    ${login}\n  Grafana  ${grafanaOrgId ?? '–'}\n  state    ${state}`,
      )
    }
  })
}

/** What is to be done, where something is. */
function stateOf({ brokenSince, brokenReason, copiedAt, grafanaOrgId }: Organisation): string {
  if (brokenSince) {
    return `broken since ${brokenSince.toISOString()}: ${brokenReason ?? 'unknown'}; create it again to repair it`
  }
  if (!copiedAt) return 'its history is incomplete; create it again to go on'
  if (grafanaOrgId === null) return 'not in Grafana yet; create it again to go on'
  return `complete since ${copiedAt.toISOString()}`
}

export async function removeOrganisationNamed(name: string, { yes = false }: { yes?: boolean }): Promise<void> {
  const settings = loadGrafanaSettings()
  const [influx, grafana] = [influxOf(settings), grafanaOf(settings)]
  await withDatabase(settings, async (database) => {
    const organisation = await findOrganisation(database.db, name)
    if (!yes) {
      throw new UserError(
        `Removing ${name} also removes what its people made in Grafana; its readings stay in the main database. Say --yes.`,
      )
    }
    await removeOrganisation({ database, influx, grafana, organisation })
    await audit(database, 'removeGrafanaOrganisation', organisation)
    console.log(`${name} is gone, with its login and its copy of the readings.`)
  })
}

function audit({ db }: Database, operation: string, { id, name, scope }: Organisation): Promise<void> {
  return db.transaction((tx) =>
    auditCommand(tx, { operation, entity: 'grafana-organisation', entityId: id, detail: { name, scope } }),
  )
}

function nameOf(name: string): string {
  const trimmed = name.trim()
  if (trimmed.length > 0 && trimmed.length <= 100 && !/\p{Cc}/u.test(trimmed)) return trimmed
  throw new UserError('--name must have 1 to 100 characters.')
}

function urlOf({ pool }: Database): string {
  const { connectionString } = pool.options
  if (connectionString === undefined) throw new Error('the pool does not know its address')
  return connectionString
}

/** A line for each tenth, on standard error, so that a program reads only the result. */
function progressLines() {
  let shown = 0
  return ({ signals, ofSignals, readings }: { signals: number; ofSignals: number; readings: number }) => {
    const tenth = Math.floor((signals / ofSignals) * 10)
    if (tenth === shown) return
    shown = tenth
    console.error(`history  ${signals} of ${ofSignals} signals, ${readings} readings`)
  }
}
