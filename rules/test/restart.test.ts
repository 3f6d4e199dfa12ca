import { ruleSnapshots } from '@fettle/db/schema/rules'
import { eventually } from '@fettle/testing/eventually'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { addRule, jobsOf, publish, stretch, temperatureRule } from './plant.ts'
import { db, episodes, log, machine, rules, running, settled, start } from './watched-machine.ts'

it('goes on after a stop where it was, with its holds', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 10, 101))
  await settled()
  await rules.stop()
  await publish(log, machine, ...stretch('discharge_temperature', 15, 20, 101))
  await start()
  expect(await episodes()).toMatchObject([{ raised: 15 }])
  expect(rules.stats()).toMatchObject({ entries: 1, readings: 2, raised: 1 })
})

it('knows after a stop what the condition of a rule was', async () => {
  const condition = { signalKey: 'discharge_pressure', atLeast: 0.6 }
  await addRule(db, machine, { ...temperatureRule, condition })
  await start()
  await running()
  await publish(log, machine, ['discharge_pressure', 0, 0.5], ...stretch('discharge_temperature', 0, 60, 101))
  await publish(log, machine, ['discharge_pressure', 61, 0.7], ['discharge_temperature', 62, 101])
  await settled()
  await rules.stop()
  await publish(log, machine, ...stretch('discharge_temperature', 65, 80, 101))
  await start()
  expect(await episodes()).toMatchObject([{ raised: 80 }])
})

it('takes open episodes over from their rows when there is no snapshot, and the log again from its beginning', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  await settled()
  await rules.stop()
  await db.delete(ruleSnapshots)
  await start()
  await publish(log, machine, ...stretch('discharge_temperature', 65, 95, 90))
  expect(await episodes()).toMatchObject([{ raised: 15, cleared: 95, trail: ['95s cleared'] }])
  expect(await jobsOf(db, machine)).toEqual({ 'open-ticket': 1, 'alarm-changed': 1 })
})

it('evaluates a log that is not the one it was saved with from its beginning', async () => {
  await addRule(db, machine, temperatureRule)
  await db.insert(ruleSnapshots).values({ partition: 0, position: 1_000, state: {}, savedAt: new Date() })
  await running()
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  await start()
  expect(await episodes()).toMatchObject([{ raised: 15 }])
})

it('waits for the database and skips nothing', async () => {
  await addRule(db, machine, temperatureRule)
  await start()
  await running()
  await settled()
  await db.execute(sql`alter table alarm_episodes rename to alarm_episodes_away`)
  await publish(log, machine, ...stretch('discharge_temperature', 0, 60, 101))
  await eventually(() => rules.stats().entries >= 4, { what: 'a second attempt' })
  await db.execute(sql`alter table alarm_episodes_away rename to alarm_episodes`)
  expect(await episodes()).toMatchObject([{ raised: 15 }])
  expect(await jobsOf(db, machine)).toEqual({ 'open-ticket': 1 })
})
