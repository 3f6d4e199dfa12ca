import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles, type Role } from '@fettle/contracts/roles'
import {
  ticketActions,
  ticketStates,
  waitingFors,
  type TicketAction,
  type TicketState,
} from '@fettle/contracts/ticket-life-cycle'
import { standardWorkflow } from './workflow.ts'
import { allowedSteps, transition, type Command, type TicketFacts } from './transition.ts'

const opened = new Date('2026-11-22T03:12:00Z')
const minutes = (count: number) => new Date(opened.getTime() + count * 60_000)
const received: TicketFacts = {
  state: 'received',
  resumeState: null,
  waitingFor: null,
  engineerId: null,
  stateSince: opened,
  answeredAt: null,
  arrivedAt: null,
  restoredAt: null,
  closedAt: null,
}
const command = (action: TicketAction, role: Role, more: Partial<Command> = {}): Command => ({
  action,
  by: { role, name: '周岚' },
  at: minutes(1),
  ...more,
})

type Step = [action: TicketAction, role: Role, more?: Partial<Command>]
function walk(steps: readonly Step[], from = received): TicketFacts {
  return steps.reduce((ticket, [action, role, more], index) => {
    const result = transition(standardWorkflow, ticket, command(action, role, { at: minutes(index + 1), ...more }))
    if (!result.ok) throw new Error(`${ticket.state} ${action}: ${result.reason.en}`)
    return result.ticket
  }, from)
}

const toRepairing: Step[] = [
  ['to-dispatch', 'desk'],
  ['assign', 'dispatcher', { engineerId: 'wang' }],
  ['accept', 'engineer'],
  ['schedule', 'engineer', { hasVisit: true }],
  ['depart', 'engineer'],
  ['check-in', 'engineer'],
]
const toConfirmation: Step[] = [...toRepairing, ['report', 'engineer', { hasReport: true }]]
const toClosed: Step[] = [...toConfirmation, ['confirm', 'customer'], ['approve-report', 'expert'], ['close', 'desk']]

describe('transition', () => {
  it('walks the normal path and keeps the moments that promises are measured by', () => {
    expect(walk([...toClosed, ['archive', 'finance']])).toEqual({
      state: 'archived',
      resumeState: null,
      waitingFor: null,
      engineerId: 'wang',
      stateSince: minutes(11),
      answeredAt: minutes(1),
      arrivedAt: minutes(6),
      restoredAt: minutes(7),
      closedAt: minutes(10),
    })
  })

  it.each<[string, Step[], Partial<TicketFacts>]>([
    [
      'a fault solved by phone never needs an engineer',
      [
        ['start-remote', 'expert'],
        ['resolve-remotely', 'expert', { reason: '重新整定压力开关' }],
      ],
      { state: 'confirmation', engineerId: null, arrivedAt: null, restoredAt: minutes(2) },
    ],
    [
      'out of warranty waits for the quote',
      [
        ['ask-quote', 'desk'],
        ['approve-quote', 'customer'],
      ],
      { state: 'dispatch', waitingFor: null },
    ],
    [
      'a quote is the customer’s to approve, whatever else was waited for meanwhile',
      [
        ['ask-quote', 'desk'],
        ['hold', 'desk', { reason: '等厂家回价', waitingFor: 'our-help' }],
        ['resume', 'desk'],
      ],
      { state: 'quote', waitingFor: 'customer-quote' },
    ],
    [
      'a ticket on hold knows what it waits for',
      [...toRepairing, ['hold', 'engineer', { reason: '夜班再停', waitingFor: 'customer-stop' }]],
      { state: 'on-hold', resumeState: 'repairing', waitingFor: 'customer-stop' },
    ],
    [
      'and forgets it when that is cancelled',
      [
        ['hold', 'desk', { reason: '等客户付款', waitingFor: 'customer-payment' }],
        ['cancel', 'desk', { reason: '客户不修了' }],
      ],
      { state: 'cancelled', waitingFor: null },
    ],
    [
      'a declined ticket belongs to nobody',
      [
        ['to-dispatch', 'desk'],
        ['assign', 'dispatcher', { engineerId: 'wang' }],
        ['decline', 'engineer', { reason: '在另一台抢修' }],
      ],
      { state: 'dispatch', engineerId: null },
    ],
    [
      'an assigned ticket can be given to someone else',
      [
        ['to-dispatch', 'desk'],
        ['assign', 'dispatcher', { engineerId: 'wang' }],
        ['accept', 'engineer'],
        ['assign', 'manager', { engineerId: 'li' }],
      ],
      { state: 'assigned', engineerId: 'li' },
    ],
    [
      'a second visit is another appointment',
      [...toRepairing, ['schedule', 'engineer', { hasVisit: true }]],
      { state: 'scheduled', arrivedAt: minutes(6) },
    ],
    [
      'a customer who disagrees takes back that it is repaired',
      [...toConfirmation, ['dispute', 'customer', { reason: '还在漏油' }]],
      { state: 'dispatch', engineerId: null, restoredAt: null, arrivedAt: minutes(6) },
    ],
    [
      'a returned report is written again',
      [
        ...toConfirmation,
        ['confirm', 'desk'],
        ['return-report', 'manager', { reason: '缺照片' }],
        ['report', 'engineer', { hasReport: true }],
      ],
      { state: 'confirmation', restoredAt: minutes(7) },
    ],
    [
      'a reopened ticket is open in every respect',
      [...toClosed, ['reopen', 'quality', { reason: '三天后同样故障' }]],
      { state: 'dispatch', closedAt: null, restoredAt: null, engineerId: null },
    ],
  ])('%s', (_, steps, expected) => expect(walk(steps)).toMatchObject(expected))

  it.each<[string, TicketFacts, Command, string, RegExp]>([
    [
      'what the state does not allow',
      received,
      command('close', 'admin'),
      'ticket/illegal-transition',
      /待受理.*回访完成/,
    ],
    ['a role that may not', received, command('to-dispatch', 'customer'), 'policy/forbidden', /提交派单/],
    [
      'a cancellation without words',
      received,
      command('cancel', 'desk', { reason: '  ' }),
      'ticket/requirement-missing',
      /原因/,
    ],
    [
      'a hold that does not say what is waited for',
      received,
      command('hold', 'desk', { reason: '等一等' }),
      'ticket/requirement-missing',
      /挂起.*等待事项/,
    ],
    [
      'a hold without words',
      received,
      command('hold', 'desk', { waitingFor: 'our-part' }),
      'ticket/requirement-missing',
      /挂起.*原因/,
    ],
    [
      'a reassignment to nobody',
      walk(toRepairing.slice(0, 3)),
      command('assign', 'dispatcher'),
      'ticket/requirement-missing',
      /改派.*工程师/,
    ],
    [
      'an assignment to nobody',
      walk([['to-dispatch', 'desk']]),
      command('assign', 'dispatcher'),
      'ticket/requirement-missing',
      /工程师/,
    ],
    [
      'a report that is not there',
      walk(toRepairing),
      command('report', 'engineer'),
      'ticket/requirement-missing',
      /完工报告/,
    ],
    [
      'resuming when it is not known where from',
      { ...received, state: 'on-hold' },
      command('resume', 'desk'),
      'ticket/illegal-transition',
      /挂起/,
    ],
  ])('refuses %s', (_, ticket, given, code, zh) => {
    const before = { ...ticket }
    expect(transition(standardWorkflow, ticket, given)).toEqual({
      ok: false,
      code,
      reason: { zh: expect.stringMatching(zh), en: expect.stringMatching(/\w/) },
    })
    expect(ticket).toEqual(before)
  })

  it('tells the caller when an appointment is void', () => {
    const scheduled = walk(toRepairing.slice(0, 4))
    const cancelled = transition(standardWorkflow, scheduled, command('cancel', 'desk', { reason: '客户自己修好了' }))
    const departed = transition(standardWorkflow, scheduled, command('depart', 'engineer'))
    expect(cancelled).toMatchObject({ ok: true, from: 'scheduled', to: 'cancelled', endsVisit: true })
    expect(departed).toMatchObject({ ok: true, endsVisit: false })
  })
})

describe('any sequence of commands', () => {
  const anyCommand = fc.record({
    action: fc.constantFrom(...ticketActions),
    by: fc.record({ role: fc.constantFrom(...roles), name: fc.constant('某人') }),
    at: fc.constant(minutes(5)),
    reason: fc.constantFrom(undefined, '', '有原因'),
    waitingFor: fc.constantFrom(undefined, ...waitingFors),
    engineerId: fc.constantFrom(undefined, 'wang'),
    hasVisit: fc.boolean(),
    hasReport: fc.boolean(),
  })

  it('stays in the table, keeps its invariants and leaves a refused ticket as it was', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 60 }), (commands) => {
        let ticket = received
        for (const given of commands) {
          const before = { ...ticket }
          const result = transition(standardWorkflow, ticket, given)
          expect(ticket).toEqual(before)
          if (!result.ok) continue
          const row = standardWorkflow.transitions.find(
            ({ action, from }) => action === given.action && from.includes(before.state),
          )
          expect(row?.roles).toContain(given.by.role)
          expect(result.to).toBe(row?.to === 'resume' ? before.resumeState : row?.to)
          ticket = result.ticket
          expect(ticketStates).toContain(ticket.state)
          expect(ticket.resumeState !== null).toBe(ticket.state === 'on-hold')
          expect(ticket.waitingFor !== null).toBe(ticket.state === 'on-hold' || ticket.state === 'quote')
          const onItsWay = ['assigned', 'accepted', 'scheduled', 'travelling'].includes(ticket.state)
          expect(!onItsWay || ticket.engineerId === 'wang').toBe(true)
          expect(ticket.state === 'closed').toBe(ticket.closedAt !== null && ticket.state !== 'archived')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('comes back from a hold to where it was', () => {
    const waits = { reason: '等客户停机', waitingFor: 'customer-stop' } as const
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const ticket = commands.reduce((at, given) => {
          const result = transition(standardWorkflow, at, given)
          return result.ok ? result.ticket : at
        }, received)
        const held = transition(standardWorkflow, ticket, command('hold', 'manager', waits))
        if (!held.ok) return
        const resumed = transition(standardWorkflow, held.ticket, command('resume', 'manager'))
        expect(resumed).toMatchObject({ ok: true, to: ticket.state })
        expect(resumed.ok && { ...resumed.ticket, stateSince: ticket.stateSince }).toEqual(ticket)
      }),
    )
  })
})

describe('allowedSteps', () => {
  it.each<[TicketState, Role, string[]]>([
    ['received', 'desk', ['to-dispatch!', 'start-remote', 'ask-quote', 'hold', 'cancel', 'merge']],
    ['assigned', 'engineer', ['accept!', 'decline', 'hold']],
    ['scheduled', 'engineer', ['schedule', 'depart!', 'check-in', 'hold']],
    ['travelling', 'engineer', ['check-in!', 'hold']],
    ['repairing', 'engineer', ['schedule', 'report!', 'hold']],
    ['confirmation', 'customer', ['confirm!', 'dispute']],
    ['dispatch', 'customer', []],
    ['closed', 'desk', ['archive', 'reopen']],
    ['archived', 'admin', []],
  ])('in %s a %s sees its buttons', (state, role, expected) => {
    const steps = allowedSteps(standardWorkflow, { state, resumeState: null }, role)
    expect(steps.map(({ action, primary }) => `${action}${primary ? '!' : ''}`)).toEqual(expected)
  })

  it.each<[TicketAction, TicketState, string]>([
    ['assign', 'dispatch', '派单'],
    ['assign', 'assigned', '改派'],
    ['assign', 'accepted', '改派'],
    ['assign', 'scheduled', '改派'],
    ['schedule', 'accepted', '预约上门'],
    ['schedule', 'repairing', '再约上门'],
  ])('%s in %s is called %s', (step, state, zh) => {
    const steps = allowedSteps(standardWorkflow, { state, resumeState: null }, 'dispatcher')
    expect(steps.find(({ action }) => action === step)?.label.zh).toBe(zh)
  })

  it('says where a held ticket goes on', () => {
    const steps = allowedSteps(standardWorkflow, { state: 'on-hold', resumeState: 'repairing' }, 'engineer')
    expect(steps).toEqual([expect.objectContaining({ action: 'resume', to: 'repairing', primary: true })])
  })

  it('offers exactly what a complete command of that role would be allowed', () => {
    for (const state of ticketStates) {
      for (const role of roles) {
        const ticket: TicketFacts = { ...received, state, resumeState: state === 'on-hold' ? 'dispatch' : null }
        const complete = {
          reason: '有',
          waitingFor: 'our-part',
          engineerId: 'wang',
          hasVisit: true,
          hasReport: true,
        } as const
        const possible = ticketActions.filter(
          (action) => transition(standardWorkflow, ticket, command(action, role, complete)).ok,
        )
        const offered = allowedSteps(standardWorkflow, ticket, role).map(({ action }) => action)
        expect(new Set(offered)).toEqual(new Set(possible))
      }
    }
  })

  it('has at most one usual next step for anyone anywhere', () => {
    for (const state of ticketStates) {
      for (const role of roles) {
        const steps = allowedSteps(standardWorkflow, { state, resumeState: 'dispatch' }, role)
        expect(steps.filter(({ primary }) => primary).length, `${state} ${role}`).toBeLessThanOrEqual(1)
      }
    }
  })
})
