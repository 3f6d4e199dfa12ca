import { finishedStates, type TicketState, type WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import type { Text } from '@fettle/contracts/scalars'
import { durationText } from '../duration-text.ts'
import type { SlaStamps } from '../sla/clocks.ts'
import type { SlaDeadlines } from '../sla/deadlines.ts'
import { deadlinesAfterPause, pausesPromises } from '../sla/pause.ts'
import type { TierPlan } from '../sla/tiers.ts'
import { chinaCalendar, type WorkCalendar } from '../sla/work-calendar.ts'
import type { TicketFacts } from './transition.ts'

/** The ticket before the step. */
export type WaitingTicket = SlaStamps & Pick<TicketFacts, 'waitingFor' | 'stateSince'>
/** What the step makes of it. */
export type Moved = Pick<TicketFacts, 'state' | 'waitingFor'>
/** The promises after the step, and since when they stand still. */
export type Promises = SlaDeadlines & Pick<SlaStamps, 'slaPausedAt'>

/**
 * A step ends the wait that there was, whatever step it is, and may begin another one. Where the former paused the promises
 * they move by what the pause took; where the new one does they stand still from `at` on.
 */
export function promisesAfterStep(
  ticket: WaitingTicket,
  moved: Moved,
  at: Date,
  plan: TierPlan,
  calendar: WorkCalendar = chinaCalendar,
): Promises {
  const { slaPausedAt, answerDueAt, arriveDueAt, restoreDueAt } = ticket
  const deadlines = slaPausedAt
    ? deadlinesAfterPause(ticket, { from: slaPausedAt, to: at }, plan, calendar)
    : { answerDueAt, arriveDueAt, restoreDueAt }
  return { ...deadlines, slaPausedAt: pausesPromises(moved.waitingFor) ? at : null }
}

/** The line of the trail: what the step is called, what had been waited for and what that did to the promises, what is now. */
export function stepText(label: Text, ticket: WaitingTicket, moved: Moved, promises: Promises, at: Date): Text {
  const sentences = [
    ticket.waitingFor && waitedText(ticket.waitingFor, at.getTime() - ticket.stateSince.getTime()),
    ticket.waitingFor && !isFinished(moved.state) && movedText(ticket, promises),
    moved.waitingFor && waitText(moved.waitingFor),
  ].filter((text) => text !== null && text !== false)
  if (sentences.length === 0) return label
  return {
    zh: `${label.zh}：${sentences.map(({ zh }) => zh).join('；')}`,
    en: `${label.en}: ${sentences.map(({ en }) => en).join('; ')}`,
  }
}

const awaited: Readonly<Record<WaitingFor, Text>> = {
  'customer-stop': { zh: '客户停机', en: 'the customer to stop the machine' },
  'customer-quote': { zh: '客户确认报价', en: 'the customer to approve the quote' },
  'customer-payment': { zh: '客户付款', en: 'the customer to pay' },
  'our-part': { zh: '我方备件', en: 'a part of ours' },
  'our-help': { zh: '我方支援', en: 'a colleague to help' },
}

function waitText(waitingFor: WaitingFor): Text {
  const { zh, en } = awaited[waitingFor]
  return pausesPromises(waitingFor)
    ? { zh: `等待${zh}，时限暂停`, en: `waiting for ${en}, promised times are paused` }
    : { zh: `等待${zh}，时限照走`, en: `waiting for ${en}, promised times go on` }
}

function waitedText(waitingFor: WaitingFor, lengthMs: number): Text {
  const { zh, en } = awaited[waitingFor]
  const time = durationText(lengthMs)
  return { zh: `等待${zh}共 ${time.zh}`, en: `waited ${time.en} for ${en}` }
}

const promised = [
  ['answerDueAt', { zh: '响应', en: 'answer' }],
  ['arriveDueAt', { zh: '到场', en: 'arrival' }],
  ['restoreDueAt', { zh: '修复', en: 'restore' }],
] as const satisfies readonly [keyof SlaDeadlines, Text][]

function movedText(before: SlaDeadlines, after: SlaDeadlines): Text {
  const moves = promised.flatMap(([key, name]) => {
    const byMs = (after[key]?.getTime() ?? 0) - (before[key]?.getTime() ?? 0)
    return byMs > 0 ? { name, by: durationText(byMs) } : []
  })
  if (moves.length === 0) return { zh: '时限未顺延', en: 'no promised time moved' }
  return {
    zh: `时限顺延：${moves.map(({ name, by }) => `${name.zh} ${by.zh}`).join('，')}`,
    en: `promised times moved: ${moves.map(({ name, by }) => `${name.en} by ${by.en}`).join(', ')}`,
  }
}

function isFinished(state: TicketState): boolean {
  return (finishedStates as readonly TicketState[]).includes(state)
}
