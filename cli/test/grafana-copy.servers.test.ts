import { signals } from '@fettle/db/schema/assets'
import { uuidv7 } from '@fettle/platform/ids'
import { select } from '@fettle/telemetry/influx/influx-http'
import { mirrorSettings } from '@fettle/telemetry/influx/mirrors'
import type { LogEntry } from '@fettle/telemetry/log-entry'
import { hasInfluxd } from '@fettle/testing/influxd'
import { describe, expect, it } from 'vitest'
import { seedDemo } from '../src/demo/seed.ts'
import { copyHistory, type CopyProgress } from '../src/grafana/copy-history.ts'
import { influxReaders } from '../src/grafana/influx-readers.ts'
import { change, ensureOrganisation } from '../src/grafana/organisations.ts'
import { grafanaServers } from './grafana/servers.ts'

const installed = await hasInfluxd()
if (!installed) console.log('skipped: Debian’s influxdb is not installed')

describe.skipIf(!installed)('the history of an organisation', async () => {
  if (!installed) return
  const { database, influx, store } = await grafanaServers()
  const { db, pool } = database
  await seedDemo(database, new Date('2026-11-22T02:00:00Z'))

  interface Machine {
    readonly assetId: string
    readonly customerId: string
    readonly siteId: string
    readonly modelId: string
    readonly series: readonly number[]
  }
  const machine = async (key: string) => {
    const { rows } = await pool.query<Machine>(
      `select a.id as "assetId", customer_id as "customerId", site_id as "siteId", model_id as "modelId",
         array_agg(s.series order by s.series) as series
       from assets a join signals s on s.asset_id = a.id where a.key = $1 group by a.id`,
      [key],
    )
    if (!rows[0]) throw new Error(`there is no ${key}`)
    return rows[0]
  }
  let position = 0
  type Reading = readonly [atMs: number, value: number | null, quality?: number]
  const write = (
    { series: _, ...asset }: Machine,
    series: number,
    readings: readonly Reading[],
    more?: Partial<LogEntry>,
  ) =>
    store.write([
      {
        position: position++,
        entry: {
          ...asset,
          receivedAtMs: 0,
          source: { kind: 'device', key: 'd' },
          series: new Int32Array(readings.length).fill(series),
          timesMs: Float64Array.from(readings, ([at]) => at),
          values: Float64Array.from(readings, ([, value]) => value ?? Number.NaN),
          qualities: Uint8Array.from(readings, ([, value, quality = value === null ? 2 : 0]) => quality),
          ...more,
        },
      },
    ])

  const pump = await machine('P100-2208-0301')
  const other = await machine('AC75-2403-0117')
  const [first = 0, second = 0] = pump.series
  await write(
    pump,
    first,
    Array.from({ length: 10 }, (_, i) => [1_000 * i, i] as const),
  )
  await write(pump, second, [
    [1_000, 1, 1],
    [2_000, 2],
    [2_000, null],
    [3_000, 3, 2],
  ])
  // It was the other customer's before: the same signal, and at one time a reading of each owner.
  await write({ ...pump, customerId: other.customerId, siteId: other.siteId }, first, [
    [500, 0.5],
    [1_000, 99],
  ])
  const [text] = await db
    .insert(signals)
    .values({
      id: uuidv7(),
      assetId: pump.assetId,
      key: 'program',
      name: { zh: '程序', en: 'Program' },
      kind: 'text',
      unit: '',
      decimals: 0,
      limits: { hh: null, h: null, l: null, ll: null },
    })
    .returning()
  await write(pump, text?.series ?? 0, [[1_000, null, 0]], { texts: new Map([[0, '"O1201" 座\\圈']]) })

  const readers = await influxReaders(influx)
  async function listed(wanted: { name: string; customer?: string; manufacturer?: string }) {
    const { id, role } = await ensureOrganisation(db, { ...wanted, fettleUrl: 'http://127.0.0.1:8080' })
    await readers.ensureStore(role)
    return { ...(await change(db, id, { mirror: role })), mirror: role }
  }
  const columns = '"value", "text", "quality", "asset", "customer", "model", "signal", "site"'
  const all = (where = '') => `SELECT ${columns} FROM "reading" WHERE time >= 0ms ${where}`
  const byText = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  const silent = { onProgress: () => {}, pageSize: 3 }

  it('of a customer is every reading that was theirs, to the last field and tag', async () => {
    const organisation = await listed({ name: '润昌', customer: 'runchang' })
    expect(await copyHistory({ db, influx, organisation, ...silent })).toBe(14)
    const theirs = await select(influx, all(`AND "customer" = '${pump.customerId}'`))
    expect(theirs).toHaveLength(14)
    const copied = await select(mirrorSettings(influx, organisation.mirror), all())
    // What a bad reading shows beside its quality of 3 is of an earlier one and not copied.
    const withoutStale = theirs.map((row) => (row[3] === 3 ? [row[0], null, ...row.slice(2)] : row))
    expect(byText(copied)).toEqual(byText(withoutStale))
    expect(
      await copyHistory({ db, influx, organisation: await listed({ name: '润昌', customer: 'runchang' }), ...silent }),
    ).toBe(0)
  })

  it('of the owner before is what was theirs then', async () => {
    const organisation = await listed({ name: '鼎轴', customer: 'dingzhou' })
    await copyHistory({ db, influx, organisation, ...silent })
    const copied = await select(mirrorSettings(influx, organisation.mirror), all())
    expect(copied.map(([at, value]) => [at, value])).toEqual([
      [500, 0.5],
      [1_000, 99],
    ])
  })

  it('goes on where it was broken off', async () => {
    const organisation = await listed({ name: '主机厂', manufacturer: '沃衡装备' })
    const seen: CopyProgress[] = []
    const breaking = (progress: CopyProgress) => {
      seen.push(progress)
      if (progress.readings > 0) throw new Error('the light goes out')
    }
    await expect(copyHistory({ db, influx, organisation, pageSize: 3, onProgress: breaking })).rejects.toThrow(/light/)
    const done = seen.at(-1)?.signals ?? 0
    expect(done).toBeGreaterThan(0)
    const again = await listed({ name: '主机厂', manufacturer: '沃衡装备' })
    expect(again.copiedAt).toBeNull()
    await copyHistory({ db, influx, organisation: again, pageSize: 3, onProgress: (progress) => seen.push(progress) })
    const [, next] = seen.slice(seen.findIndex(({ signals: count }) => count === done))
    expect([next?.signals, seen.at(-1)?.signals]).toEqual([done + 1, seen.at(-1)?.ofSignals])
    const [main, mirror] = [await select(influx, all()), await select(mirrorSettings(influx, again.mirror), all())]
    expect(mirror).toHaveLength(main.length)
    expect((await listed({ name: '主机厂', manufacturer: '沃衡装备' })).copiedAt).toEqual(expect.any(Date))
  })
})
