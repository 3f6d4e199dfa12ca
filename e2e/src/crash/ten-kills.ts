import { listDeadLetters } from '@fettle/contracts/gateways'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { expect, it } from 'vitest'
import { booksThatAre, booksThatMustBe, stockThatIs, stockThatMustBe, trail } from './books.ts'
import { createFleet } from './fleet.ts'
import { killPlan } from './kill-plan.ts'
import type { Platform } from './platform.ts'
import { alarmsThatAre, alarmsThatMustBe, evidenceCount, ticketsThatAre, ticketsThatMustBe } from './raised-tickets.ts'
import { seeded, testSeed } from './seeded.ts'
import { openServiceDesk } from './service-desk.ts'
import { differingHistories, isCaughtUp } from './stored-readings.ts'
import { buildWorks } from '../works/works.ts'

/** Ends every alarm: longer than any delay of a rule. */
const calmTicks = 20
const crews = 3
/** About two minutes on two cores that have nothing else to do; how fast it is on others is not the question here. */
const timeout = 900_000
const patience = { timeoutMs: 240_000, everyMs: 250 }

export interface TenKillsOptions {
  /** On a folder of its own, which is removed afterwards. */
  start(dataDir: string): Promise<Platform>
  /** What is killed besides Fettle, for the name of the test. */
  server: string
}

/** While machines send 2,000 readings a second and a service desk works, the process and its `server` are killed again and again. */
export function surviveTenKills({ start, server }: TenKillsOptions): void {
  it(
    `kill -9 ten times, of ${server} too, under 2,000 readings/s: nothing acknowledged is lost, nothing happens twice`,
    { timeout },
    async () => {
      const seed = testSeed()
      console.log(`FETTLE_TEST_SEED=${seed}`)
      const random = seeded(seed)
      await using folder = await tempFolder('crash')
      const platform = await start(folder.path)
      const stopping = new AbortController()
      try {
        const works = await buildWorks(platform.databaseUrl(), { direct: 10, behindGateway: 10 })
        await platform.admit(works)
        const desk = await openServiceDesk(works, random.branch('desk'), platform.url)
        const fleet = createFleet(works, random.branch('fleet'), platform.mqttUrl)
        const { ledger } = fleet
        const deskClosing = new AbortController()
        const sending = fleet.run(stopping.signal)
        const repairing = desk.work(crews, deskClosing.signal)
        // A refused request must end the test at once, and not as a surprise to Node.
        const troubled = repairing.then(() => new Promise<never>(() => {}))

        for (const { victim, moment } of killPlan(random.branch('kills'))) {
          const { after, count } = moment
          await Promise.race([after === 'ticks' ? ledger.afterTicks(count) : desk.afterAnswers(count), troubled])
          await platform.kill(victim)
          if (victim !== 'server') await platform.restart()
        }

        deskClosing.abort()
        const repairs = await repairing
        await fleet.comeToRest(calmTicks)
        await eventually(() => fleet.pending() === 0, { what: 'every reading to be acknowledged', ...patience })
        stopping.abort()
        await sending
        console.log(
          `${ledger.measuredReadings()} readings in ${(ledger.ticks() * ledger.tickMs) / 1_000} s, ${repairs.length} repairs, ` +
            `${alarmsThatMustBe(works, ledger).length} alarms, ${desk.answers()} answers`,
        )

        const { admin } = desk.as
        expect(ledger.acknowledgedReadings()).toBe(ledger.measuredReadings())
        expect(fleet.complaints).toEqual([])
        const signalIds = works.machines.flatMap((machine) => [...machine.signalIds.values()])
        await eventually(() => isCaughtUp(admin, signalIds, ledger), {
          what: 'the store to have caught up',
          ...patience,
        })
        expect(await differingHistories(admin, signalIds, ledger)).toEqual([])
        const alarms = alarmsThatMustBe(works, ledger)
        await eventually(async () => (await alarmsThatAre(admin)).length >= alarms.length, {
          what: 'every crossing to have its alarm and its ticket',
          ...patience,
        })
        expect(await alarmsThatAre(admin)).toEqual(alarms)
        await eventually(
          async () => {
            expect(await ticketsThatAre(admin)).toEqual(ticketsThatMustBe(works, ledger))
            return true
          },
          { what: 'every ticket to tell the whole story', ...patience },
        )
        expect(await evidenceCount(admin)).toBe(alarms.length)
        expect(await booksThatAre(admin)).toEqual(booksThatMustBe(repairs))
        expect(await stockThatIs(admin, works)).toEqual(stockThatMustBe(works, repairs))
        expect(await trail(admin)).toEqual({
          intact: true,
          createTicket: repairs.length,
          consumePart: repairs.flatMap(({ used }) => used).length,
          addTicketNote: repairs.flatMap(({ notes }) => notes).length,
          submitReport: repairs.length,
        })
        expect((await admin(listDeadLetters, { querystring: {} })).items).toEqual([])
        await platform.stop()
      } catch (error) {
        console.log(platform.output())
        await platform.abandon() // nobody is left to stop it
        throw error
      } finally {
        stopping.abort()
      }
    },
  )
}
