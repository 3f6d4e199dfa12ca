import { InfluxError } from '@fettle/telemetry/influx/influx-error'
import { placeOf } from '@fettle/telemetry/influx/influx-http'
import { prepareInflux } from '@fettle/telemetry/influx/prepare'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { createReaders1 } from './influx-readers-1.ts'
import { createReaders2 } from './influx-readers-2.ts'

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

/** As the server's version has it: users of 1.x, or authorizations of 2.x that are compatible with 1.x. */
export async function influxReaders(settings: InfluxSettings): Promise<InfluxReaders> {
  const { version } = await prepareInflux(settings)
  if (/^v?1\./.test(version)) return createReaders1(settings)
  if (/^v?2\./.test(version)) return createReaders2(settings)
  throw new InfluxError(
    'influx/wrong-server',
    `${placeOf(settings)} is version ${version}, which knows no readers of one database alone`,
  )
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
