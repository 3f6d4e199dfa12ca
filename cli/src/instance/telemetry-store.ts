import type { Database } from '@fettle/db/client'
import { createInfluxStore } from '@fettle/telemetry/influx/influx-store'
import { prepareInflux } from '@fettle/telemetry/influx/prepare'
import { influxSettings, type InfluxVariables } from '@fettle/telemetry/influx/settings'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import type { TelemetryStore } from '@fettle/telemetry/store'

export interface OpenStore {
  readonly telemetry: TelemetryStore
  close(): Promise<void>
}

/**
 * Where telemetry lives: in InfluxDB when the environment names one, otherwise beside everything else in PostgreSQL. Rejects with
 * one sentence when InfluxDB cannot be used.
 */
export async function openStore(variables: InfluxVariables, database: Database): Promise<OpenStore> {
  const influx = influxSettings(variables)
  if (!influx) return { telemetry: createPostgresStore({ database }), close: () => Promise.resolve() }
  await prepareInflux(influx)
  const store = createInfluxStore({ database, influx })
  return { telemetry: store, close: async () => store.close() }
}
