import { describe, expect, it } from 'vitest'
import { nextDue, slaClocks, type SlaStamps } from './clocks.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))
const fresh: SlaStamps = {
  state: 'received',
  answerDueAt: at(1),
  arriveDueAt: at(4),
  restoreDueAt: at(20),
  answeredAt: null,
  arrivedAt: null,
  restoredAt: null,
  closedAt: null,
}
const states = (ticket: SlaStamps, now: Date) => slaClocks(ticket, now).map(({ state }) => state)

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
    ['a cancelled ticket owes nothing', { state: 'cancelled' }, 30, ['none', 'none', 'none']],
  ])('%s', (_, change, now, expected) => expect(states({ ...fresh, ...change }, at(now))).toEqual(expected))

  it('tells times on the wire', () => {
    expect(slaClocks({ ...fresh, answeredAt: at(0) }, at(0))[0]).toEqual({
      kind: 'answer',
      dueAt: '2026-11-22T01:00:00.000Z',
      metAt: '2026-11-22T00:00:00.000Z',
      state: 'met',
    })
  })
})

describe('nextDue', () => {
  it.each<[string, Partial<SlaStamps>, number, string | undefined]>([
    ['the call comes first', {}, 0, 'answer'],
    ['then the arrival', { answeredAt: at(0) }, 0, 'arrive'],
    ['a broken promise is still owed', {}, 5, 'answer'],
    ['one kept late is not', { answeredAt: at(2) }, 3, 'arrive'],
    ['solved by phone, nothing is owed', { answeredAt: at(0), restoredAt: at(6) }, 30, undefined],
    ['nor on a closed ticket', { state: 'closed', closedAt: at(9) }, 30, undefined],
    ['nor where nothing was promised', { answerDueAt: null, arriveDueAt: null, restoreDueAt: null }, 30, undefined],
  ])('%s', (_, change, now, expected) => expect(nextDue({ ...fresh, ...change }, at(now))?.kind).toBe(expected))
})
