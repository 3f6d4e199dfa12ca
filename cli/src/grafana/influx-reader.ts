import type { InfluxSettings } from '@fettle/telemetry/influx/settings'

/** Who reads what in InfluxDB. Everything may be done again. Rejects with InfluxError. */
export interface InfluxReaders {
  /** A database (1.x) or bucket (2.x) that keeps its readings as long as the main one does; there already or not. */
  ensureStore(name: string): Promise<void>
  dropStore(name: string): Promise<void>
  /** A user who reads this one database or bucket, with this password from now on. */
  ensureReader(reader: InfluxReader): Promise<void>
  dropReader(username: string): Promise<void>
}

export interface InfluxReader {
  readonly username: string
  readonly password: string
  readonly database: string
}

/** The settings of a reader: user and password, whatever we ourselves use. */
export function settingsOfReader(settings: InfluxSettings, { username, password, database }: InfluxReader) {
  return {
    ...settings,
    access: { kind: 'password', username, password },
    bucket: database,
    database,
    retentionPolicy: database === settings.database ? settings.retentionPolicy : 'autogen',
  } as const satisfies InfluxSettings
}
