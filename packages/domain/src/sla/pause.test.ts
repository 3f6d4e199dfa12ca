import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tiers, type Tier } from '@fettle/contracts/customers'
import { waitingFors } from '@fettle/contracts/ticket-life-cycle'
import type { SlaStamps } from './clocks.ts'
import { slaDeadlines } from './deadlines.ts'
import { deadlinesAfterPause, pausesPromises } from './pause.ts'
import { serviceTime } from './service-time.ts'
import { tierPlans } from './tiers.ts'
import { chinaCalendar } from './work-calendar.ts'

/** Local wall-clock time in China, such as `2026-11-22 03:12`. */
const local = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const told = (date: Date | null) =>
  date && new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

const unkept = (deadlines: Pick<SlaStamps, 'answerDueAt' | 'arriveDueAt' | 'restoreDueAt'>) =>
  ({ ...deadlines, state: 'on-hold', answeredAt: null, arrivedAt: null, restoredAt: null, closedAt: null }) as const

function after(tier: Tier, openedAt: string, [from, to]: readonly [string, string], stamps: Partial<SlaStamps> = {}) {
  const ticket = { ...unkept(slaDeadlines(tier, local(openedAt))), ...stamps }
  const moved = deadlinesAfterPause(ticket, { from: local(from), to: local(to) }, tierPlans[tier])
  return [told(moved.answerDueAt), told(moved.arriveDueAt), told(moved.restoreDueAt)]
}

it('waiting for the customer pauses, waiting for ourselves does not', () => {
  expect(waitingFors.filter(pausesPromises)).toEqual(['customer-stop', 'customer-quote', 'customer-payment'])
  expect(pausesPromises(null)).toBe(false)
})

describe('deadlinesAfterPause', () => {
  it.each<[string, Tier, string, [string, string], (string | null)[]]>([
    [
      'platinum moves by all of the pause, day and night; the call was late before and stays so',
      'platinum',
      '2026-11-22 03:12',
      ['2026-11-22 04:00', '2026-11-22 23:00'],
      ['2026-11-22 03:27', '2026-11-23 02:12', '2026-11-23 22:12'],
    ],
    [
      'gold: two open hours in the evening and one in the morning; the restore by the clock on the wall',
      'gold',
      '2026-11-23 17:00',
      ['2026-11-23 18:00', '2026-11-24 09:00'],
      ['2026-11-23 17:30', '2026-11-24 16:00', '2026-11-26 08:00'],
    ],
    [
      'gold: a night costs no open hour',
      'gold',
      '2026-11-23 17:00',
      ['2026-11-23 21:00', '2026-11-24 07:30'],
      ['2026-11-23 17:30', '2026-11-24 13:00', '2026-11-26 03:30'],
    ],
    [
      'silver: a pause within the day moves no day, over a closing time one, over a weekend only the working ones',
      'silver',
      '2026-11-24 10:00',
      ['2026-11-24 11:00', '2026-11-24 16:30'],
      ['2026-11-25 09:30', '2026-11-25 17:00', '2026-12-01 17:00'],
    ],
    [
      'silver over a closing time',
      'silver',
      '2026-11-24 10:00',
      ['2026-11-24 16:30', '2026-11-25 09:10'],
      ['2026-11-24 12:00', '2026-11-26 17:00', '2026-12-02 17:00'],
    ],
    [
      'silver from Friday to Monday',
      'silver',
      '2026-11-26 10:00',
      ['2026-11-27 11:00', '2026-11-30 12:00'],
      ['2026-11-26 12:00', '2026-11-30 17:00', '2026-12-04 17:00'],
    ],
    [
      'without a contract only the call was promised',
      'none',
      '2026-11-24 10:00',
      ['2026-11-24 11:00', '2026-11-24 12:00'],
      ['2026-11-24 15:00', null, null],
    ],
  ])('%s', (_, tier, openedAt, pause, expected) => expect(after(tier, openedAt, pause)).toEqual(expected))

  it('leaves a kept promise as it was, and one that became moot', () => {
    const pause = ['2026-11-22 03:20', '2026-11-22 04:20'] as const
    const opened = '2026-11-22 03:12'
    expect(after('platinum', opened, pause, { answeredAt: local('2026-11-22 03:15') })).toEqual([
      '2026-11-22 03:27',
      '2026-11-22 08:12',
      '2026-11-23 04:12',
    ])
    expect(after('platinum', opened, pause, { restoredAt: local('2026-11-22 03:18') }).slice(1)).toEqual([
      '2026-11-22 07:12',
      '2026-11-23 03:12',
    ])
  })

  it('never lets a promise break through the pause itself, were it due at its very beginning', () => {
    const dueAt = local('2026-11-24 17:00')
    const ticket = unkept({ answerDueAt: dueAt, arriveDueAt: dueAt, restoreDueAt: dueAt })
    const pause = { from: dueAt, to: local('2026-11-24 20:00') }
    for (const tier of tiers) {
      expect(Object.values(deadlinesAfterPause(ticket, pause, tierPlans[tier]))).toEqual([pause.to, pause.to, pause.to])
    }
  })

  it('goes by the calendar of holidays', () => {
    const calendar = { ...chinaCalendar, holidays: ['2026-11-25'] }
    const ticket = unkept(slaDeadlines('silver', local('2026-11-24 10:00'), calendar))
    const pause = { from: local('2026-11-24 10:00'), to: local('2026-11-26 10:00') }
    const { answerDueAt, arriveDueAt } = deadlinesAfterPause(ticket, pause, tierPlans.silver, calendar)
    expect([told(answerDueAt), told(arriveDueAt)]).toEqual(['2026-11-26 12:00', '2026-11-27 17:00'])
  })
})

describe('any pause', () => {
  const start = Date.UTC(2026, 0, 1)
  const minutes = (max: number) => fc.integer({ min: 0, max })
  const kinds = [
    ['answerDueAt', 'answer'],
    ['arriveDueAt', 'arrive'],
    ['restoreDueAt', 'restore'],
  ] as const
  const anyPause = fc
    .record({
      tier: fc.constantFrom(...tiers),
      openedMinute: minutes(60 * 24 * 300),
      // Seconds too, and often at the full hour, where services open and close.
      waited: fc.oneof(
        minutes(60 * 24 * 8),
        minutes(24 * 8).map((hours) => hours * 60),
      ),
      first: fc.oneof(
        minutes(60 * 24 * 8),
        minutes(24 * 8).map((hours) => hours * 60),
      ),
      second: minutes(60 * 24 * 8),
      seconds: minutes(59),
    })
    .map(({ tier, openedMinute, waited, first, second, seconds }) => {
      const at = (count: number) => new Date(start + count * 60_000)
      const from = new Date(at(openedMinute + waited).getTime() + seconds * 1_000)
      const middle = new Date(from.getTime() + first * 60_000)
      const to = new Date(middle.getTime() + second * 60_000)
      return { tier, ticket: unkept(slaDeadlines(tier, at(openedMinute))), from, middle, to }
    })

  it('of no length changes nothing', () => {
    fc.assert(
      fc.property(anyPause, ({ tier, ticket, from }) => {
        expect(ticket).toMatchObject(deadlinesAfterPause(ticket, { from, to: from }, tierPlans[tier]))
      }),
    )
  })

  it('may be interrupted: two in a row are as one', () => {
    fc.assert(
      fc.property(anyPause, ({ tier, ticket, from, middle, to }) => {
        const plan = tierPlans[tier]
        const first = { ...ticket, ...deadlinesAfterPause(ticket, { from, to: middle }, plan) }
        const both = deadlinesAfterPause(first, { from: middle, to }, plan)
        expect(both).toEqual(deadlinesAfterPause(ticket, { from, to }, plan))
      }),
      { numRuns: 400 },
    )
  })

  it('takes nothing away from a promise and adds nothing: what was left is left, and what was broken stays broken', () => {
    fc.assert(
      fc.property(anyPause, ({ tier, ticket, from, to }) => {
        const plan = tierPlans[tier]
        const moved = deadlinesAfterPause(ticket, { from, to }, plan)
        for (const [key, kind] of kinds) {
          const [before, now] = [ticket[key], moved[key]]
          if (before === null || now === null || before < from) {
            expect(now).toEqual(before)
            continue
          }
          expect(now.getTime()).toBeGreaterThanOrEqual(Math.max(before.getTime(), to.getTime()))
          const time = serviceTime(plan[kind], plan.hours, chinaCalendar)
          expect(time.between(to, now)).toBe(time.between(from, before))
        }
      }),
      { numRuns: 400 },
    )
  })
})
