import { fleet as fleetOf } from '@fettle/api/assets/queries'
import { systemClock } from '@fettle/platform/clock'
import { dashboards } from '@fettle/provisioning/grafana/dashboards'
import { hasInfluxd } from '@fettle/testing/influxd'
import { describe, expect, it } from 'vitest'
import { askInflux } from '../src/grafana/ask-influx.ts'
import { settingsOfReader } from '../src/grafana/influx-reader.ts'
import { ensureMainReader } from '../src/grafana/reader.ts'
import { reportOf, runQueries, type DataSources, type RanQuery } from '../src/grafana/run-queries.ts'
import { alarmed, fillFleet, pastMs, silent, textSignal, warned } from './grafana/filled-fleet.ts'
import { grafanaServers, newPassword } from './grafana/servers.ts'

const installed = await hasInfluxd()
if (!installed) console.log('skipped: Debian’s influxdb is not installed')

describe.skipIf(!installed)('every query of the dashboards, on a real PostgreSQL and InfluxDB', async () => {
  if (!installed) return
  const { database, influx, store, connectAs } = await grafanaServers()
  const nowMs = Date.now()
  const range = { fromMs: nowMs - pastMs, toMs: nowMs }
  await fillFleet(database, store, nowMs)
  const password = newPassword()
  const fettleUrl = 'https://fettle.example'
  const role = await ensureMainReader({ database, influx, password, fettleUrl })

  /** As Grafana asks: with the credentials of the reader, in both. */
  const client = await connectAs(role, password)
  const reader = settingsOfReader(influx, { username: role, password, database: influx.database })
  const sources: DataSources = {
    sql: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    influxql: (text) => askInflux(reader, text),
  }
  const open = (title: string, machine?: string) => {
    const dashboard = dashboards.find((each) => each.title === title)
    if (!dashboard) throw new Error(`there is no dashboard ${title}`)
    const prefer = (variable: string, text: string) =>
      machine !== undefined && variable === 'machine' && text.startsWith(machine)
    return runQueries(dashboard, { sources, range, prefer }).then((ran) => {
      console.log(reportOf(dashboard, ran))
      return ran
    })
  }
  const named = (ran: readonly RanQuery[], name: string) => {
    const found = ran.find(({ where, of }) => where.name === name || of === name)
    if (!found) throw new Error(`nothing is called ${name}`)
    return found
  }

  it('设备群监控: everything has rows, and its figures are those of the api', async () => {
    const ran = await open('设备群监控')
    expect(ran.filter(({ rows }) => rows.length === 0).map(({ where }) => where.name)).toEqual([])

    const reads = { telemetry: store, clock: systemClock }
    const everybody = { id: '', username: '', name: '', role: 'admin', regionPrefix: '' } as const
    const shown = await fleetOf(
      database.db,
      reads,
      { ...everybody, engineerId: null, customerId: null, branchId: null },
      100,
    )
    expect(shown).toHaveLength(18)
    const machines = named(ran, '设备清单').rows.map((row) => [
      row['设备'],
      row['状态'],
      row['健康'],
      row['未清报警'],
      row['未结工单'],
    ])
    const byKey = (a: readonly unknown[], b: readonly unknown[]) => String(a[0]).localeCompare(String(b[0]))
    expect(machines.toSorted(byKey)).toEqual(
      shown
        .map(({ key, state, health, openAlarms, openTickets }) => [key, state, health.level, openAlarms, openTickets])
        .toSorted(byKey),
    )
    const [states] = named(ran, '设备状态').rows
    expect(states).toMatchObject({ 设备: 18, 保养中: 1, 离线: 1 })
    expect(named(ran, '未清报警').rows).toEqual([{ 高高报: 1, 高报: 0, 低报: 0, 低低报: 0 }])
    expect(named(ran, '工单').rows).toEqual([{ 未结: 2, 超时: 1, 设备自报: 1 }])
    expect(named(ran, '报警趋势').rows.map(({ metric, value }) => [metric, value])).toEqual([
      ['高报', 1],
      ['高高报', 1],
    ])
    expect(named(ran, 'fettle').rows).toEqual([{ __text: fettleUrl, __value: fettleUrl }])
    const offline = named(ran, '设备清单').rows.find((row) => row['设备'] === silent)
    expect(offline).toMatchObject({ 状态: 'offline' })
  })

  it('设备详情: every number of a machine has its trend, its limits and its unit', async () => {
    const ran = await open('设备详情', alarmed.assetKey)
    const signals = named(ran, 'signal').rows
    expect(signals).toHaveLength(11)
    for (const { __text: text } of signals) {
      const [values, limits, unit] = ran.filter(({ of }) => of === text)
      expect([text, values?.rows.length]).toEqual([text, expect.any(Number)])
      expect(values?.rows.length).toBeGreaterThan(300)
      expect(unit?.rows).toHaveLength(1)
      // Two points, the ends of the span, make a line.
      expect([text, (limits?.rows.length ?? 1) % 2]).toEqual([text, 0])
    }
    const discharge = ran.filter(({ of }) => of === '排气温度')
    expect(discharge[1]?.rows.map(({ metric, value }) => [metric, value])).toEqual([
      ['高高限 HH', 105],
      ['高限 H', 100],
      ['高高限 HH', 105],
      ['高限 H', 100],
    ])
    expect(discharge[2]?.rows).toEqual([{ unit: 'suffix:°C', decimals: 1 }])
    const silentOnes = ran.filter(({ rows }) => rows.length === 0).map(({ where, of }) => of ?? where.name)
    // The two without limits have no lines; this machine measures no text and had no small alarm.
    expect(silentOnes).toEqual(['text_signal', '高／低报', '环境温度', '运行时间', '文本测点最新值'])
    expect(named(ran, '运行状态').rows.length).toBeGreaterThan(300)
    expect(named(ran, '现在').rows).toHaveLength(1)
    expect(named(ran, '最新值').rows).toHaveLength(12)
  })

  it('设备详情: an alarm is a region with its ticket, and both are listed', async () => {
    const ran = await open('设备详情', alarmed.assetKey)
    const [grave] = named(ran, '高高／低低报').rows
    expect(grave?.['text']).toMatch(
      /^排气温度 高高报：109.2 °C，限值 105.0 °C，疑似.+<br><a href="https:\/\/fettle\.example\/tickets\/[0-9a-f-]{36}">YJ-LQ-/,
    )
    expect([grave?.['time'], grave?.['timeEnd']]).toEqual([new Date(nowMs - 10 * 60_000), new Date(nowMs)])
    expect(named(ran, '高／低报').rows).toEqual([])
    expect(named(ran, '报警记录').rows).toHaveLength(1)
    expect(named(ran, '工单').rows).toHaveLength(1)
    const other = await open('设备详情', warned.assetKey)
    expect(named(other, '高／低报').rows).toHaveLength(1)
  })

  it('设备详情: texts over time, of a machine that measures one', async () => {
    const ran = await open('设备详情', textSignal.assetKey)
    const texts = ran.filter(({ of }) => of === '程序号')
    expect(texts[0]?.rows.map((row) => row['文本'])).toEqual(['O1201 座圈', 'O1202 套圈', 'O1201 座圈'])
    expect(named(ran, '文本测点最新值').rows).toMatchObject([{ 最新值: 'O1201 座圈' }])
  })

  it('asks nothing that fails when there is no machine at all', async () => {
    await database.pool.query(`update grafana_organisations set scope = 'manufacturer', manufacturer = '别家'`)
    for (const { title } of dashboards) {
      const ran = await open(title)
      expect(named(ran, 'machine').rows).toEqual([])
    }
  })
})
