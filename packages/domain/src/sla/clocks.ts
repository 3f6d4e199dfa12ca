import { finishedStates, type TicketState } from '@fettle/contracts/ticket-life-cycle'
import type { SlaClock } from '@fettle/contracts/tickets'
import type { SlaDeadlines } from './deadlines.ts'
import { serviceTime } from './service-time.ts'
import type { TierPlan } from './tiers.ts'
import { chinaCalendar, type WorkCalendar } from './work-calendar.ts'

/** What of a ticket its clocks are read from. */
export interface SlaStamps extends SlaDeadlines {
  readonly state: TicketState
  readonly answeredAt: Date | null
  readonly arrivedAt: Date | null
  readonly restoredAt: Date | null
  readonly closedAt: Date | null
  /** Since when the promises stand still, because the customer is waited for; null while they run. */
  readonly slaPausedAt: Date | null
}

const endedStates: readonly TicketState[] = finishedStates

/**
 * The three promises as they stand at `now`, in their order. A promise kept too late is missed. Where it became moot
 * (solved by phone, so nobody had to come) it is `none` unless already broken; a cancelled or merged ticket owes nothing.
 * While the customer is waited for, an unkept promise that was not broken before is `paused`, with what is left of it.
 * @param plan of the customer's tier, by whose hours that is measured
 */
export function slaClocks(
  ticket: SlaStamps,
  now: Date,
  plan: TierPlan,
  calendar: WorkCalendar = chinaCalendar,
): SlaClock[] {
  const { slaPausedAt } = ticket
  return clocksAt(ticket, now).map(({ dueAt, ...clock }) => {
    if (clock.state !== 'paused' || !slaPausedAt || !dueAt) return { ...clock, dueAt }
    const time = serviceTime(plan[clock.kind], plan.hours, calendar)
    return { ...clock, dueAt, remainingMs: time.leftMs(slaPausedAt, new Date(dueAt)) }
  })
}

/** The unkept promise that falls, or fell, due first; null when nothing is owed any more or all that is owed is paused. */
export function nextDue(ticket: SlaStamps, now: Date): SlaClock | null {
  if (endedStates.includes(ticket.state)) return null
  const owed = clocksAt(ticket, now).filter(({ kind, state, metAt }) => {
    const solvedWithoutVisit = kind === 'arrive' && ticket.restoredAt !== null
    return !solvedWithoutVisit && metAt === null && (state === 'running' || state === 'missed')
  })
  return owed.sort((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''))[0] ?? null
}

function clocksAt(ticket: SlaStamps, now: Date): SlaClock[] {
  const { answerDueAt, answeredAt, arriveDueAt, arrivedAt, restoreDueAt, restoredAt, slaPausedAt } = ticket
  const ended = mootAt(ticket)
  const clock = clockOf(now, slaPausedAt)
  return [
    clock('answer', answerDueAt, answeredAt, ended),
    clock('arrive', arriveDueAt, arrivedAt, restoredAt ?? ended),
    clock('restore', restoreDueAt, restoredAt, ended),
  ]
}

/** When waiting for a promise ended without its being kept; undefined while the ticket is open. */
function mootAt({ state, closedAt }: SlaStamps): Date | undefined {
  return endedStates.includes(state) ? (closedAt ?? new Date(0)) : undefined
}

function clockOf(now: Date, pausedAt: Date | null) {
  return (kind: SlaClock['kind'], dueAt: Date | null, metAt: Date | null, moot: Date | undefined): SlaClock => {
    const times = { kind, dueAt: dueAt?.toISOString() ?? null, metAt: metAt?.toISOString() ?? null, remainingMs: null }
    if (dueAt === null) return { ...times, state: 'none' }
    if (metAt !== null) return { ...times, state: metAt <= dueAt ? 'met' : 'missed' }
    if (moot !== undefined) return { ...times, state: moot <= dueAt ? 'none' : 'missed' }
    if (pausedAt !== null) return { ...times, state: pausedAt <= dueAt ? 'paused' : 'missed' }
    return { ...times, state: now <= dueAt ? 'running' : 'missed' }
  }
}
