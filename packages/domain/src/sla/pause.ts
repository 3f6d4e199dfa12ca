import type { WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import type { SlaStamps } from './clocks.ts'
import type { SlaDeadlines } from './deadlines.ts'
import { serviceTime } from './service-time.ts'
import type { Commitment, TierPlan } from './tiers.ts'
import { chinaCalendar, type WorkCalendar } from './work-calendar.ts'

const isPausing: Readonly<Record<WaitingFor, boolean>> = {
  'customer-stop': true,
  'customer-quote': true,
  'customer-payment': true,
  'our-part': false,
  'our-help': false,
}

/** Waiting for the customer pauses what we promised him; waiting for a part or help of ours does not (SLA-1). */
export function pausesPromises(waitingFor: WaitingFor | null): boolean {
  return waitingFor !== null && isPausing[waitingFor]
}

/** From when to when the customer was waited for. */
export interface Pause {
  readonly from: Date
  readonly to: Date
}

/**
 * The promises after a pause. One that was neither kept nor past when the pause began moves by the time of service that the
 * pause took, measured as the promise itself is: open minutes by the open minutes, elapsed minutes by all of the pause,
 * working days by the closing times that passed. So as much of it is left when the pause ends as when it began, and it is
 * never due before that. A promise that was broken before stays broken; a kept one stays as it was.
 * @param plan of the customer's tier at the end of the pause
 */
export function deadlinesAfterPause(
  ticket: Omit<SlaStamps, 'slaPausedAt'>,
  pause: Pause,
  plan: TierPlan,
  calendar: WorkCalendar = chinaCalendar,
): SlaDeadlines {
  const { answeredAt, arrivedAt, restoredAt } = ticket
  const moved = (dueAt: Date | null, settledAt: Date | null, commitment: Commitment | null) => {
    if (dueAt === null || settledAt !== null || dueAt < pause.from) return dueAt
    const time = serviceTime(commitment, plan.hours, calendar)
    if (time.between(pause.from, dueAt) === 0) return dueAt < pause.to ? pause.to : dueAt
    const taken = time.between(pause.from, pause.to)
    return taken === 0 ? dueAt : time.after(dueAt, taken)
  }
  return {
    answerDueAt: moved(ticket.answerDueAt, answeredAt, plan.answer),
    // Solved by phone, nobody has to come any more.
    arriveDueAt: moved(ticket.arriveDueAt, arrivedAt ?? restoredAt, plan.arrive),
    restoreDueAt: moved(ticket.restoreDueAt, restoredAt, plan.restore),
  }
}
