import { assetDashboard } from './asset-dashboard.ts'
import type { Dashboard } from './dashboard.ts'
import { fleetDashboard } from './fleet-dashboard.ts'

/** The same in every organisation. */
export const dashboards: readonly Dashboard[] = [fleetDashboard, assetDashboard]

/** Its name in `provisioning/grafana/dashboards`. */
export const fileOf = ({ uid }: Dashboard) => `${uid}.json`
export const textOf = (dashboard: Dashboard) => `${JSON.stringify(dashboard, null, 2)}\n`
