import type { Database } from '@fettle/db/client'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import type { TelemetryStore } from '@fettle/telemetry/store'
import type { Settings } from '../settings.ts'

export interface OpenStore {
  readonly telemetry: TelemetryStore
  close(): Promise<void>
}

/** Where telemetry lives: in InfluxDB when the environment names one, otherwise beside everything else in PostgreSQL. */
export async function openStore(_settings: Settings, database: Database): Promise<OpenStore> {
  return { telemetry: createPostgresStore({ database }), close: () => Promise.resolve() }
}
