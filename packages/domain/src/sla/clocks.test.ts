import { describe, expect, it } from 'vitest'
import type { Tier } from '@fettle/contracts/customers'
import { nextDue, slaClocks, type SlaStamps } from './clocks.ts'
import { tierPlans } from './tiers.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))
const hour = 3_600_000
const fresh: SlaStamps = {
  state: 'received',
  answerDueAt: at(1),
  arriveDueAt: at(4),
  restoreDueAt: at(20),
  answeredAt: null,
  arrivedAt: null,
  restoredAt: null,
  closedAt: null,
  slaPausedAt: null,
}
const states = (ticket: SlaStamps, now: Date) => slaClocks(ticket, now, tierPlans.platinum).map(({ state }) => state)

describe('slaClocks', () => {
  it.each<[string, Partial<SlaStamps>, number, string[]]>([
    ['all run at first', {}, 0, ['running', 'running', 'running']],
    ['on the very moment it is still in time', {}, 1, ['running', 'running', 'running']],
    ['time passes', {}, 5, ['missed', 'missed', 'running']],
    ['kept in time', { answeredAt: at(1), arrivedAt: at(3) }, 5, ['met', 'met', 'running']],
    ['kept, but late', { answeredAt: at(2) }, 3, ['missed', 'running', 'running']],
    ['no promise', { arriveDueAt: null, restoreDueAt: null }, 30, ['missed', 'none', 'none']],
    [
      'solved by phone: nobody had to come',
      { state: 'closed', answeredAt: at(1), restoredAt: at(2), closedAt: at(9) },
      30,
      ['met', 'none', 'met'],
    ],
    [
      'solved by phone after the visit was due',
      { state: 'confirmation', answeredAt: at(1), restoredAt: at(6) },
      30,
      ['met', 'missed', 'met'],
    ],
    [
      'paused, what was not broken stands still for ever',
      { slaPausedAt: at(2), answeredAt: at(1) },
      300,
      ['met', 'paused', 'paused'],
    ],
    ['paused on the very moment it was due', { slaPausedAt: at(4), answeredAt: at(1) }, 9, ['met', 'paused', 'paused']],
    ['a pause mends nothing', { slaPausedAt: at(5) }, 6, ['missed', 'missed', 'paused']],
    ['a cancelled ticket owes nothing', { state: 'cancelled' }, 30, ['none', 'none', 'none']],
  ])('%s', (_, change, now, expected) => expect(states({ ...fresh, ...change }, at(now))).toEqual(expected))

  it('tells times on the wire', () => {
    expect(slaClocks({ ...fresh, answeredAt: at(0) }, at(0), tierPlans.platinum)[0]).toEqual({
      kind: 'answer',
      dueAt: '2026-11-22T01:00:00.000Z',
      metAt: '2026-11-22T00:00:00.000Z',
      state: 'met',
      remainingMs: null,
    })
  })
})

describe('what is left of a paused promise', () => {
  const monday = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour - 8))
  const left = (tier: Tier, dueAt: Date) => {
    const ticket = { ...fresh, slaPausedAt: monday(16), answerDueAt: null, arriveDueAt: dueAt, restoreDueAt: null }
    return (slaClocks(ticket, monday(300), tierPlans[tier])[1]?.remainingMs ?? NaN) / hour
  }

  it.each<[string, Tier, number, number]>([
    ['around the clock', 'platinum', 16 + 20, 20],
    ['by day: four hours today and two tomorrow', 'gold', 24 + 10, 6],
    ['in the office: one hour today and eight tomorrow', 'silver', 24 + 17, 9],
    ['a tier that promises no arrival any more', 'none', 24 + 17, 25],
  ])('%s', (_, tier, dueHour, expected) => expect(left(tier, monday(dueHour))).toBe(expected))
})

describe('nextDue', () => {
  it.each<[string, Partial<SlaStamps>, number, string | undefined]>([
    ['the call comes first', {}, 0, 'answer'],
    ['then the arrival', { answeredAt: at(0) }, 0, 'arrive'],
    ['a broken promise is still owed', {}, 5, 'answer'],
    ['one kept late is not', { answeredAt: at(2) }, 3, 'arrive'],
    ['solved by phone, nothing is owed', { answeredAt: at(0), restoredAt: at(6) }, 30, undefined],
    ['nor on a closed ticket', { state: 'closed', closedAt: at(9) }, 30, undefined],
    ['nor while all of it is paused', { slaPausedAt: at(0) }, 30, undefined],
    ['but what was broken before', { slaPausedAt: at(2) }, 30, 'answer'],
    ['nor where nothing was promised', { answerDueAt: null, arriveDueAt: null, restoreDueAt: null }, 30, undefined],
  ])('%s', (_, change, now, expected) => expect(nextDue({ ...fresh, ...change }, at(now))?.kind).toBe(expected))
})
