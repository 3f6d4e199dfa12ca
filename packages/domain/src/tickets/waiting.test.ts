import { describe, expect, it } from 'vitest'
import type { TicketState, WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import { tierPlans } from '../sla/tiers.ts'
import { promisesAfterStep, stepText, type WaitingTicket } from './waiting.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))
const running: WaitingTicket = {
  state: 'accepted',
  stateSince: at(1),
  waitingFor: null,
  slaPausedAt: null,
  answerDueAt: at(1),
  arriveDueAt: at(4),
  restoreDueAt: at(24),
  answeredAt: at(0),
  arrivedAt: null,
  restoredAt: null,
  closedAt: null,
}
const waiting = (waitingFor: WaitingFor): WaitingTicket => ({
  ...running,
  state: 'on-hold',
  stateSince: at(2),
  waitingFor,
  slaPausedAt: waitingFor.startsWith('customer') ? at(2) : null,
})

/** The step taken at five o'clock with a platinum contract. */
function step(ticket: WaitingTicket, state: TicketState, waitingFor: WaitingFor | null = null) {
  const moved = { state, waitingFor }
  const promises = promisesAfterStep(ticket, moved, at(5), tierPlans.platinum)
  const { zh, en } = stepText({ zh: '某步', en: 'Step' }, ticket, moved, promises, at(5))
  return { ...promises, zh, en }
}

describe('a step', () => {
  it('that has nothing to do with waiting leaves the promises and says only its name', () => {
    const { answerDueAt, arriveDueAt, restoreDueAt } = running
    const unmoved = { answerDueAt, arriveDueAt, restoreDueAt, slaPausedAt: null }
    expect(step(running, 'scheduled')).toEqual({ ...unmoved, zh: '某步', en: 'Step' })
  })

  it.each<[string, WaitingTicket, TicketState, WaitingFor | null, Partial<ReturnType<typeof step>>]>([
    [
      'that begins to wait for the customer stops the clocks',
      running,
      'on-hold',
      'customer-stop',
      { slaPausedAt: at(5), arriveDueAt: at(4), zh: '某步：等待客户停机，时限暂停' },
    ],
    [
      'that begins to wait for ourselves does not',
      running,
      'on-hold',
      'our-part',
      { slaPausedAt: null, zh: '某步：等待我方备件，时限照走' },
    ],
    [
      'that ends the wait for the customer moves what was owed',
      waiting('customer-stop'),
      'accepted',
      null,
      {
        slaPausedAt: null,
        answerDueAt: at(1),
        arriveDueAt: at(7),
        restoreDueAt: at(27),
        zh: '某步：等待客户停机共 3 小时；时限顺延：到场 3 小时，修复 3 小时',
        en: 'Step: waited 3 h for the customer to stop the machine; promised times moved: arrival by 3 h, restore by 3 h',
      },
    ],
    [
      'that ends the wait for ourselves moves nothing',
      waiting('our-help'),
      'accepted',
      null,
      { arriveDueAt: at(4), restoreDueAt: at(24), zh: '某步：等待我方支援共 3 小时；时限未顺延' },
    ],
    [
      'from one wait for the customer to another settles the first and goes on pausing',
      waiting('customer-quote'),
      'on-hold',
      'customer-payment',
      {
        slaPausedAt: at(5),
        arriveDueAt: at(7),
        zh: '某步：等待客户确认报价共 3 小时；时限顺延：到场 3 小时，修复 3 小时；等待客户付款，时限暂停',
      },
    ],
    [
      'that ends the ticket itself only tells how long it waited',
      waiting('customer-payment'),
      'cancelled',
      null,
      { slaPausedAt: null, zh: '某步：等待客户付款共 3 小时', en: 'Step: waited 3 h for the customer to pay' },
    ],
  ])('%s', (_, ticket, state, waitingFor, expected) => expect(step(ticket, state, waitingFor)).toMatchObject(expected))
})
