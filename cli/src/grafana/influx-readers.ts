import { InfluxError } from '@fettle/telemetry/influx/influx-error'
import { placeOf } from '@fettle/telemetry/influx/influx-http'
import { prepareInflux } from '@fettle/telemetry/influx/prepare'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import type { InfluxReaders } from './influx-reader.ts'
import { createReaders1 } from './influx-readers-1.ts'
import { createReaders2 } from './influx-readers-2.ts'

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
