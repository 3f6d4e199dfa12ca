import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { dataSourcesOf } from '@fettle/provisioning/grafana/data-sources'
import { dashboards, fileOf } from '@fettle/provisioning/grafana/dashboards'
import { fleetDashboard } from '@fettle/provisioning/grafana/fleet-dashboard'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

const read = async (file: string) => {
  const text = await readFile(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')
  return parse(text, { merge: true }) as Record<string, unknown>
}
const compose = (await read('docker-compose.yml')) as {
  services: Record<
    string,
    { environment?: Record<string, string>; secrets?: string[]; volumes?: string[]; command?: string[] }
  >
}
const { datasources } = (await read('provisioning/grafana/datasources/fettle.yaml')) as {
  datasources: { secureJsonData: Record<string, string> }[]
}
const { grafana, fettle } = compose.services

it('the data sources of the file are those that the other organisations get', () => {
  const secret = '$__file{/run/secrets/postgres-reader-password}'
  const common = { orgId: 1, editable: false }
  const made = dataSourcesOf({
    reader: '$FETTLE_READER',
    password: secret,
    influxUrl: '$FETTLE_INFLUX_URL',
    influxDatabase: '$FETTLE_INFLUX_DATABASE',
    postgres: '$FETTLE_POSTGRES',
    database: '$FETTLE_DATABASE',
    sslMode: '$FETTLE_POSTGRES_SSLMODE',
  })
  expect(datasources).toEqual(made.map((source) => ({ ...source, ...common })))
})

it('every variable of the file is set for Grafana, every secret is mounted, and those who make the login have it', () => {
  const text = JSON.stringify(datasources)
  const variables = [...text.matchAll(/\$(FETTLE_\w+)/g)].map(([, name]) => name)
  expect(Object.keys(grafana?.environment ?? {})).toEqual(expect.arrayContaining(variables))
  const secrets = [...text.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, name]) => name)
  expect(new Set(secrets)).toEqual(new Set(['postgres-reader-password']))
  expect(grafana?.secrets).toEqual(expect.arrayContaining(secrets))
  expect(fettle?.secrets).toEqual(expect.arrayContaining(secrets))
  expect(fettle?.environment).toMatchObject({
    FETTLE_GRAFANA_READER_PASSWORD_FILE: '/run/secrets/postgres-reader-password',
    INFLUX_BUCKET: grafana?.environment?.['FETTLE_INFLUX_DATABASE'],
  })
  // Grafana reads; the token that may do everything is not its business.
  expect(grafana?.secrets).not.toContain('influx-token')
})

it('Grafana finds the dashboards where they are mounted, and begins with the fleet', async () => {
  const { providers } = (await read('provisioning/grafana/dashboards/fettle.yaml')) as {
    providers: { options: { path: string } }[]
  }
  const mounted = grafana?.volumes?.find((volume) => volume.startsWith('./provisioning/grafana:'))?.split(':')[1]
  expect(providers.map(({ options }) => options.path)).toEqual([`${mounted}/dashboards`])
  const home = grafana?.environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']
  expect(home).toBe(`${mounted}/dashboards/${fileOf(fleetDashboard)}`)
  expect(dashboards).toContain(fleetDashboard)
})
