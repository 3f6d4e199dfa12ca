import { loadConfig } from '@fettle/platform/config'
import { environment } from '@fettle/platform/environment'
import { influxSettings, type InfluxSettings } from '@fettle/telemetry/influx/settings'
import { createGrafanaApi, type GrafanaApi } from '../grafana/grafana-api.ts'
import { variables } from '../settings.ts'
import { UserError } from '../user-error.ts'

const { grafanaUrl, grafanaAdminUser, grafanaAdminPassword } = environment

/** What the commands of `fettle grafana` read beside the variables of `fettle start`. */
const grafanaVariables = { grafanaUrl, grafanaAdminUser, grafanaAdminPassword }

export const loadGrafanaSettings = () => loadConfig({ ...variables, ...grafanaVariables }, process.env)
export type GrafanaSettings = ReturnType<typeof loadGrafanaSettings>

/** Throws a UserError where no Grafana is named. */
export function grafanaOf({ grafanaUrl: url, grafanaAdminUser: username, ...more }: GrafanaSettings): GrafanaApi {
  const { grafanaAdminPassword: password } = more
  if (url === undefined || password === undefined) {
    throw new UserError(
      'Set GRAFANA_URL and GRAFANA_ADMIN_PASSWORD (or GRAFANA_ADMIN_PASSWORD_FILE) to work on Grafana.',
    )
  }
  return createGrafanaApi({ url: url.replace(/\/+$/, ''), username, password })
}

/** Throws a UserError where telemetry lives in PostgreSQL, in a form that Grafana does not read. */
export function influxOf(settings: GrafanaSettings): InfluxSettings {
  const influx = influxSettings(settings)
  if (!influx) throw new UserError('Dashboards read telemetry from InfluxDB: set INFLUX_URL.')
  return influx
}
