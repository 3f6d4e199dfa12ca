import { EVENTS_CHANNEL } from '@fettle/contracts/events'
import { assets, signals } from '@fettle/db/schema/assets'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { uuidv7 } from '@fettle/platform/ids'
import { encodeLogEntry } from '@fettle/telemetry/log-entry'
import { eventually } from '@fettle/testing/eventually'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import {
  addMachine,
  addRule,
  changeRule,
  entryOf,
  episodesOf,
  jobsOf,
  pressureRule,
  publish,
  startMs,
  stretch,
  temperatureRule,
} from './plant.ts'
import { database, db, episodes, log, machine, rules, running, settled, start } from './watched-machine.ts'

it('a crossing becomes one episode, its job and its notice, in one transaction', async () => {
  const ruleId = await addRule(db, machine, temperatureRule)
  const listener = await database.pool.connect()
  const notices: unknown[] = []
  listener.on('notification', ({ payload }) => notices.push(JSON.parse(payload ?? '')))
  await listener.query(`listen ${EVENTS_CHANNEL}`)
  await start()
  await running()
  await publish(
    log,
    machine,
    ...stretch('discharge_temperature', 0, 10, 98),
    ...stretch('discharge_temperature', 15, 40, 101),
  )

  const [episode, ...others] = await episodes()
  expect(others).toEqual([])
  expect(episode).toMatchObject({
    ruleId,
    ruleVersion: 1,
    raised: 30,
    cleared: null,
    level: 'high',
    peakLevel: 'high',
    limit: 100,
    value: 101,
    peakValue: 101,
    late: false,
    ticketId: null,
    trail: [],
  })
  expect(await jobsOf(db, machine)).toEqual({ 'open-ticket': 1 })
  await eventually(() => notices.length > 0, { what: 'the notice' })
  expect(notices).toEqual([{ kind: 'alarm', alarmId: episode!.id, assetId: machine.assetId }])
  listener.release(true)
})

it('rises, falls and clears within one episode', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await running()
  for (const [from, to, value] of [
    [0, 20, 101],
    [25, 45, 108],
    [50, 85, 101],
    [90, 130, 90],
  ] as const) {
    await publish(log, machine, ...stretch('discharge_temperature', from, to, value))
  }
  expect(await episodes()).toMatchObject([
    {
      raised: 15,
      cleared: 120,
      level: 'high',
      peakLevel: 'high-high',
      peakValue: 108,
      value: 101,
      limit: 100,
      peakLimit: 105,
      trail: ['40s high-high', '80s high', '120s cleared'],
    },
  ])
  expect(await jobsOf(db, machine)).toEqual({ 'open-ticket': 1, 'alarm-changed': 3 })
})

it('keeps the peak of an open episode in its row', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 20, 101))
  await publish(log, machine, ['discharge_temperature', 25, 103.5])
  await publish(log, machine, ['discharge_temperature', 30, 102])
  const peak = async () => (await episodesOf(db, machine))[0]?.peakValue
  expect(await eventually(async () => (await peak()) === 103.5, { what: 'the peak' })).toBe(true)
})

it('a machine that trips keeps its ticket, and its sagging pressure opens no other', async () => {
  await addRule(db, machine, temperatureRule)
  await addRule(db, machine, pressureRule)
  await start()
  await running()
  await publish(
    log,
    machine,
    ...stretch('discharge_temperature', 0, 60, 108),
    ...stretch('discharge_pressure', 0, 60, 0.7),
  )
  await publish(log, machine, ['discharge_temperature', 61, 110], ['discharge_pressure', 61, 0.5], ['run_state', 61, 3])
  await publish(
    log,
    machine,
    ...stretch('discharge_temperature', 65, 600, 80),
    ...stretch('discharge_pressure', 65, 600, 0.1),
  )
  expect(await episodes()).toMatchObject([{ raised: 15, cleared: null, level: 'high-high' }])

  await publish(log, machine, ['run_state', 605, 2])
  await publish(
    log,
    machine,
    ...stretch('discharge_temperature', 605, 640, 85),
    ...stretch('discharge_pressure', 605, 640, 0.7),
  )
  expect(await episodes()).toMatchObject([{ raised: 15, cleared: 635 }])
})

it('a trip in late readings raises late, after which a repeated upload raises nothing', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await publish(log, machine, ['run_state', 3000, 2], ['discharge_temperature', 3000, 90])
  const upload = [
    ...stretch('run_state', 0, 300, 2),
    ...stretch('discharge_temperature', 0, 60, 95),
    ...stretch('discharge_temperature', 65, 120, 104),
    ...stretch('discharge_temperature', 125, 300, 90),
  ]
  await publish(log, machine, ...upload)
  await publish(log, machine, ...upload)
  await publish(log, machine, ...upload.slice(80))
  expect(await episodes()).toMatchObject([{ raised: 80, cleared: 155, late: true }])
  expect(await jobsOf(db, machine)).toEqual({ 'open-ticket': 1, 'alarm-changed': 1 })
})

it('late readings of a machine that stood still raise nothing', async () => {
  await addRule(db, machine, pressureRule)
  await start()
  await publish(log, machine, ['run_state', 3000, 2], ['discharge_pressure', 3000, 0.7])
  await publish(log, machine, ...stretch('discharge_pressure', 0, 300, 0.05), ...stretch('run_state', 0, 300, 0))
  expect(await episodes()).toEqual([])
})

it('a spool that arrives in order is not late', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await publish(log, machine, ['run_state', 0, 2], ['discharge_temperature', 0, 90])
  await publish(log, machine, ...stretch('run_state', 5, 2820, 2), ...stretch('discharge_temperature', 5, 2820, 101))
  expect(await episodes()).toMatchObject([{ raised: 20, late: false }])
})

it('an asset’s own rule goes before its model’s of the same key, also when disabled', async () => {
  const limits = { ...temperatureRule.limits, h: 90, hh: 95 }
  await addRule(db, machine, temperatureRule)
  await addRule(db, machine, pressureRule)
  const own = await addRule(db, machine, { ...temperatureRule, limits }, { assetId: machine.assetId })
  await addRule(db, machine, pressureRule, { assetId: machine.assetId, enabled: false })
  await start()
  await running()
  await publish(
    log,
    machine,
    ...stretch('discharge_temperature', 0, 60, 92),
    ...stretch('discharge_pressure', 0, 60, 0.1),
  )
  expect(await episodes()).toMatchObject([{ ruleId: own, raised: 15, limit: 90 }])
})

/** The end of the machine's first episode, in seconds. */
const ended = () =>
  eventually(async () => (await episodesOf(db, machine))[0]?.cleared, { what: 'the end of the episode' })

it('a new version of a rule keeps the open episode and judges it by its own limits', async () => {
  const ruleId = await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  await settled()
  const limits = { ...temperatureRule.limits, h: 103 }
  await changeRule(db, ruleId, { definition: { ...temperatureRule, limits, offDelayMs: 0 } })
  let at = 60
  await eventually(
    async () => {
      await publish(log, machine, ['discharge_temperature', (at += 5), 100.5])
      return (await episodes())[0]?.cleared === at
    },
    { what: 'the new limit to end the episode' },
  )
  expect(await episodes()).toHaveLength(1)
})

it('disabling a rule ends its episode', async () => {
  const ruleId = await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  expect(await episodes()).toMatchObject([{ cleared: null }])
  await changeRule(db, ruleId, { enabled: false })
  expect(await ended()).toBe(60)
  expect(await episodes()).toMatchObject([{ raised: 15, cleared: 60, trail: ['60s cleared'] }])
})

it('a rule that was disabled while nothing ran ends its episode at the start', async () => {
  const ruleId = await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  await settled()
  await rules.stop()
  await changeRule(db, ruleId, { enabled: false })
  await start()
  expect(await ended()).toBe(60)
})

it('an invalid rule is left out and the others hold', async () => {
  await addRule(db, machine, { ...temperatureRule, band: -1 })
  await addRule(db, machine, pressureRule)
  await start()
  await running()
  await publish(
    log,
    machine,
    ...stretch('discharge_temperature', 0, 60, 120),
    ...stretch('discharge_pressure', 0, 60, 0.5),
  )
  expect(await episodes()).toMatchObject([{ level: 'low-low' }])
})

it('a machine in maintenance raises nothing, and does again afterwards', async () => {
  await addRule(db, machine, temperatureRule)
  const setMode = (mode: 'normal' | 'maintenance') =>
    db
      .update(assets)
      .set({ mode, version: sql`version + 1` })
      .where(eq(assets.id, machine.assetId))
  await setMode('maintenance')
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 108))
  expect(await episodes()).toEqual([])
  await setMode('normal')
  let at = 60
  const episode = await eventually(
    async () => {
      await publish(log, machine, ['discharge_temperature', (at += 5), 108])
      return (await episodes())[0]
    },
    { what: 'an episode after maintenance' },
  )
  expect(episode.raised).toBeGreaterThanOrEqual(80)
})

it('watches a machine from its first reading, even one newer than the rule book', async () => {
  await addRule(db, machine, { ...temperatureRule, onDelayMs: 0 })
  await start({ refreshEveryMs: 60_000 })
  const another = await addMachine(db, machine)
  await publish(log, another, ['run_state', 0, 2], ['discharge_temperature', 0, 101])
  await settled()
  expect(await episodesOf(db, another)).toMatchObject([{ raised: 0 }])
})

it('an episode that a person acknowledged meanwhile still ends', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  const [episode] = await episodes()
  const acknowledgedAt = new Date(startMs)
  await db
    .update(alarmEpisodes)
    .set({ acknowledgedAt, acknowledgedBy: uuidv7() })
    .where(eq(alarmEpisodes.id, episode!.id))
  await publish(log, machine, ...stretch('discharge_temperature', 65, 100, 90))
  expect(await episodes()).toMatchObject([{ cleared: 95, acknowledgedAt }])
})

it('texts are passed over, and the numbers beside them are not', async () => {
  const series = machine.series.discharge_temperature
  await db.update(signals).set({ kind: 'text' }).where(eq(signals.series, series))
  await addRule(db, machine, temperatureRule)
  await addRule(db, machine, pressureRule)
  await start()
  await running()
  const readings = stretch('discharge_pressure', 0, 60, 0.5).flatMap((reading) => [
    reading,
    ['discharge_temperature', reading[1], NaN] as const,
  ])
  const entry = entryOf(machine, readings)
  const texts = new Map(
    readings.flatMap(([signal], place) => (signal === 'discharge_temperature' ? [[place, 'hot']] : [])),
  )
  await log.append(0, encodeLogEntry({ ...entry, texts }))
  expect(await episodes()).toMatchObject([{ raised: 10, level: 'low-low', cleared: null }])
})
