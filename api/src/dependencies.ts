import type { Database } from '@fettle/db/client'
import type { Clock } from '@fettle/platform/clock'
import type { Logger } from '@fettle/platform/logging'
import type { TelemetryStore } from '@fettle/telemetry/store'

/** What is on the way of a reading, as the services there see it; true: it works. */
export interface DataChecks {
  readonly broker: boolean
  readonly log: boolean
  readonly telemetry: boolean
}

/** What the api works with; the composition makes it. */
export interface Dependencies {
  readonly database: Database
  /**
   * Never asked inside a transaction: where it shares the database's connections, everybody who holds one would wait for a
   * second one.
   */
  readonly telemetry: TelemetryStore
  readonly clock: Clock
  readonly logger: Logger
  readonly version: string
  /** In demo mode: usernames that the sign-in page may offer; otherwise empty. */
  readonly demoAccounts: readonly string[]
  /** Folder of the built web app; null when something else serves it. */
  readonly webRoot: string | null
  /** Whether what is on the way of a reading works, where services of it share this process. */
  readonly dataChecks?: () => Promise<DataChecks>
  /** Further metrics in Prometheus text, of services that share this process. */
  readonly moreMetrics?: () => Promise<string>
}
