import type { Database } from '@fettle/db/client'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import type { Logger } from '@fettle/platform/logging'
import { influxSettings } from '@fettle/telemetry/influx/settings'
import type { Progress } from '../instance/progress.ts'
import type { Settings } from '../settings.ts'
import { isForPeople } from '../user-error.ts'
import { grantNewViews } from './login-role.ts'
import { ensureMainReader } from './reader.ts'

interface PrepareDashboardsOptions {
  readonly database: Database
  readonly settings: Settings
  readonly logger: Logger
  readonly progress: Progress
}

/**
 * Lets every login for dashboards read the views of today, and makes the one of our own organisation where its password is set.
 * Where that cannot be, the rest starts nevertheless, and the reason is told: no machine waits for a dashboard.
 */
export async function prepareDashboards(options: PrepareDashboardsOptions): Promise<void> {
  const { database, settings, logger, progress } = options
  try {
    const readers = await database.db.select({ role: grafanaOrganisations.role }).from(grafanaOrganisations)
    for (const { role } of readers) await grantNewViews(database, role)
    const { grafanaReaderPassword: password, fettleUrl } = settings
    if (password === undefined) return
    const influx = influxSettings(settings)
    await progress.step(
      'dashboards',
      () => ensureMainReader({ database, influx, password, fettleUrl }),
      (role) => `${role} may read`,
    )
  } catch (error) {
    if (!isForPeople(error)) throw error
    logger.warn({ err: error }, 'dashboards cannot be read')
    progress.say(`  dashboards  cannot be read: ${error.message}`)
  }
}
