import { randomUUID } from 'node:crypto'
import { openDatabase } from '@fettle/db/client'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import { createLogger } from '@fettle/platform/logging'
import { hasInfluxd, startInfluxd } from '@fettle/testing/influxd'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { ask, select } from '../src/influx/influx-http.ts'
import { createInfluxStore } from '../src/influx/influx-store.ts'
import { mirrorSettings } from '../src/influx/mirrors.ts'
import { prepareInflux } from '../src/influx/prepare.ts'
import type { InfluxSettings } from '../src/influx/settings.ts'
import { assetWithSignals, entryOf, type Fixture } from './telemetry-fixture.ts'

const installed = await hasInfluxd()

describe.skipIf(!installed)('mirrors on a real InfluxDB 1.x', async () => {
  if (!installed) return
  const { url } = await testDatabase()
  const logger = createLogger({ name: 'test', level: 'silent' })
  const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'mirrors test' })
  const { db } = database
  const folder = await tempFolder('mirrors')
  const influxd = await startInfluxd({ dir: folder.path })
  const influx: InfluxSettings = {
    url: influxd.url,
    access: { kind: 'open' },
    bucket: 'main',
    database: 'main',
    retentionPolicy: 'autogen',
  }
  await prepareInflux(influx)
  const store = createInfluxStore({ database, influx })
  afterAll(async () => {
    store.close()
    await influxd.stop()
    await database.close()
    await folder.remove()
  })

  const [ours, theirs] = [await assetWithSignals(db, 1), await assetWithSignals(db, 1)]
  /** The headers of the answer come before it is done. */
  const command = async (q: string) => (await ask(influx, '/query', { method: 'POST', parameters: { q } })).text()
  const valuesIn = async (name: string) => {
    const rows = await select(mirrorSettings(influx, name), 'SELECT "value", "asset" FROM "reading" WHERE time >= 0ms')
    return rows.map(([at, value, asset]) => [at, value, asset])
  }
  let position = 0
  const write = (asset: Fixture, atMs: number, value: number) =>
    store.write([{ position: position++, entry: entryOf(asset, asset.signals[0]?.series ?? 0, [[atMs, value]]) }])
  const mirror = async (name: string, whose: Partial<typeof grafanaOrganisations.$inferInsert>) => {
    await command(`CREATE DATABASE "${name}"`)
    const scope = whose.customerId ? ('customer' as const) : ('manufacturer' as const)
    const common = { id: randomUUID(), name, role: name, mirror: name, fettleUrl: '', createdAt: new Date() }
    await db.insert(grafanaOrganisations).values({ ...common, scope, ...whose })
  }
  const organisation = async (name: string) =>
    (await db.select().from(grafanaOrganisations).where(eq(grafanaOrganisations.name, name)))[0]

  it('gives a customer and a maker what is theirs, from the write on that finds them listed', async () => {
    await write(ours, 1_000, 1)
    await mirror('customer', { customerId: ours.customerId })
    await mirror('maker', { manufacturer: '沃衡' })
    await mirror('stranger', { manufacturer: '别家' })
    await write(ours, 2_000, 2)
    await write(theirs, 3_000, 3)
    await write(theirs, 3_000, 3)
    expect(await valuesIn('customer')).toEqual([[2_000, 2, ours.assetId]])
    expect(await valuesIn('maker')).toEqual([
      [2_000, 2, ours.assetId],
      [3_000, 3, theirs.assetId],
    ])
    expect(await valuesIn('stranger')).toEqual([])
    expect(await valuesIn('main')).toHaveLength(3)
  })

  it('a mirror that is gone holds nothing up, and says so until it is repaired', async () => {
    await command('DROP DATABASE "customer"')
    await write(ours, 4_000, 4)
    expect(await organisation('customer')).toMatchObject({
      brokenSince: expect.any(Date) as Date,
      brokenReason: expect.stringContaining('customer') as string,
    })
    expect((await valuesIn('maker')).at(-1)).toEqual([4_000, 4, ours.assetId])
    expect((await valuesIn('main')).at(-1)).toEqual([4_000, 4, ours.assetId])
    await command('CREATE DATABASE "customer"')
    await write(ours, 5_000, 5)
    expect(await valuesIn('customer')).toEqual([])
    await db.update(grafanaOrganisations).set({ brokenSince: null }).where(eq(grafanaOrganisations.name, 'customer'))
    await write(ours, 6_000, 6)
    expect(await valuesIn('customer')).toEqual([[6_000, 6, ours.assetId]])
  })

  it('a server that does not answer is tried again: nothing is noted, nothing counts as stored', async () => {
    await influxd.kill()
    await expect(write(ours, 7_000, 7)).rejects.toMatchObject({ code: 'influx/unreachable' })
    expect(await organisation('maker')).toMatchObject({ brokenSince: null })
    await influxd.start()
    await write(ours, 7_000, 7)
    expect((await valuesIn('customer')).at(-1)).toEqual([7_000, 7, ours.assetId])
  })
})
