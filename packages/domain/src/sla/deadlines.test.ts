import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tiers, type Tier } from '@fettle/contracts/customers'
import { slaDeadlines } from './deadlines.ts'
import { chinaCalendar } from './work-calendar.ts'

/** Local wall-clock time in China, such as `2026-11-22 03:12`. */
const local = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const told = (date: Date | null) =>
  date && new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
const due = (tier: Tier, openedAt: string, calendar = chinaCalendar) => {
  const { answerDueAt, arriveDueAt, restoreDueAt } = slaDeadlines(tier, local(openedAt), calendar)
  return [told(answerDueAt), told(arriveDueAt), told(restoreDueAt)]
}

describe('slaDeadlines', () => {
  it.each<[string, Tier, string, (string | null)[]]>([
    [
      'platinum runs at 03:12 on a Sunday',
      'platinum',
      '2026-11-22 03:12',
      ['2026-11-22 03:27', '2026-11-22 07:12', '2026-11-23 03:12'],
    ],
    ['gold by day', 'gold', '2026-11-23 09:00', ['2026-11-23 09:30', '2026-11-23 17:00', '2026-11-25 09:00']],
    [
      'gold in the evening goes on next morning, Sundays included',
      'gold',
      '2026-11-21 19:45',
      ['2026-11-22 08:15', '2026-11-22 15:45', '2026-11-23 19:45'],
    ],
    [
      'gold at night begins at eight',
      'gold',
      '2026-11-22 23:00',
      ['2026-11-23 08:30', '2026-11-23 16:00', '2026-11-25 08:00'],
    ],
    [
      'silver on Tuesday morning',
      'silver',
      '2026-11-24 10:00',
      ['2026-11-24 12:00', '2026-11-25 17:00', '2026-12-01 17:00'],
    ],
    [
      'silver late on Friday',
      'silver',
      '2026-11-27 16:00',
      ['2026-11-30 10:00', '2026-11-30 17:00', '2026-12-04 17:00'],
    ],
    [
      'silver on Saturday counts from Monday',
      'silver',
      '2026-11-28 11:00',
      ['2026-11-30 11:00', '2026-12-01 17:00', '2026-12-07 17:00'],
    ],
    ['without a contract we only call', 'none', '2026-11-24 10:00', ['2026-11-24 14:00', null, null]],
  ])('%s', (_, tier, openedAt, expected) => expect(due(tier, openedAt)).toEqual(expected))

  it('knows holidays and weekend days worked in exchange', () => {
    // 国庆 2026: off 1–7 October, worked on Saturday 10 October.
    const holidays = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`)
    const calendar = { ...chinaCalendar, holidays, workingWeekends: ['2026-10-10'] }
    expect(due('silver', '2026-09-30 16:30', calendar)).toEqual([
      '2026-10-08 10:30',
      '2026-10-08 17:00',
      '2026-10-13 17:00',
    ])
    expect(due('gold', '2026-10-01 09:00', calendar)[0]).toBe('2026-10-01 09:30')
  })

  it('refuses a calendar that never opens', () => {
    const holidays = Array.from({ length: 90 }, (_, day) =>
      new Date(Date.UTC(2026, 9, 1 + day)).toISOString().slice(0, 10),
    )
    expect(() => due('silver', '2026-10-01 09:00', { ...chinaCalendar, holidays })).toThrow(/no open day/)
  })

  it('promises nothing for the past, and never less to a ticket opened later', () => {
    const minute = fc.integer({ min: 0, max: 60 * 24 * 400 })
    fc.assert(
      fc.property(fc.constantFrom(...tiers), minute, fc.integer({ min: 0, max: 4_000 }), (tier, at, later) => {
        const start = Date.UTC(2026, 0, 1)
        const first = slaDeadlines(tier, new Date(start + at * 60_000))
        const second = slaDeadlines(tier, new Date(start + (at + later) * 60_000))
        for (const kind of ['answerDueAt', 'arriveDueAt', 'restoreDueAt'] as const) {
          const [a, b] = [first[kind]?.getTime() ?? Infinity, second[kind]?.getTime() ?? Infinity]
          expect(a).toBeGreaterThan(start + at * 60_000)
          expect(b).toBeGreaterThanOrEqual(a)
        }
      }),
    )
  })
})
