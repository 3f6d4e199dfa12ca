import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { hasInfluxd, startInfluxd } from '@fettle/testing/influxd'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterAll, describe } from 'vitest'
import { createInfluxStore } from '../src/influx/influx-store.ts'
import { prepareInflux } from '../src/influx/prepare.ts'
import type { InfluxSettings } from '../src/influx/settings.ts'
import { storeConformance } from './conformance.ts'

const installed = await hasInfluxd()
if (!installed) console.log('skipped: Debian’s influxdb is not installed')

describe.skipIf(!installed)('on a real InfluxDB 1.x', async () => {
  if (!installed) return
  const { url } = await testDatabase()
  const logger = createLogger({ name: 'test', level: 'silent' })
  const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'influx test' })
  const { db } = database
  const folder = await tempFolder('influx')
  const influxd = await startInfluxd({ dir: folder.path })
  const settingsOf = (name: string): InfluxSettings => ({
    url: influxd.url,
    access: { kind: 'open' },
    bucket: name,
    database: name,
    retentionPolicy: 'autogen',
  })
  afterAll(async () => {
    await influxd.stop()
    await database.close()
    await folder.remove()
  })

  storeConformance('influx', async () => {
    const influx = settingsOf('conformance')
    await prepareInflux(influx)
    return { store: createInfluxStore({ database, influx }), db }
  })
})
