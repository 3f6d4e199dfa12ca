import { finishedStates, type TicketState } from '@fettle/contracts/ticket-life-cycle'
import type { SlaClock } from '@fettle/contracts/tickets'
import type { SlaDeadlines } from './deadlines.ts'

/** What of a ticket its clocks are read from. */
export interface SlaStamps extends SlaDeadlines {
  readonly state: TicketState
  readonly answeredAt: Date | null
  readonly arrivedAt: Date | null
  readonly restoredAt: Date | null
  readonly closedAt: Date | null
}

const endedStates: readonly TicketState[] = finishedStates

/**
 * The three promises as they stand at `now`, in their order. A promise kept too late is missed. Where it became moot
 * (solved by phone, so nobody had to come) it is `none` unless already broken; a cancelled or merged ticket owes nothing.
 */
export function slaClocks(ticket: SlaStamps, now: Date): SlaClock[] {
  const { answerDueAt, answeredAt, arriveDueAt, arrivedAt, restoreDueAt, restoredAt } = ticket
  return [
    clock('answer', answerDueAt, answeredAt, mootAt(ticket), now),
    clock('arrive', arriveDueAt, arrivedAt, restoredAt ?? mootAt(ticket), now),
    clock('restore', restoreDueAt, restoredAt, mootAt(ticket), now),
  ]
}

/** The unkept promise that falls, or fell, due first; null when nothing is owed any more. */
export function nextDue(ticket: SlaStamps, now: Date): SlaClock | null {
  if (endedStates.includes(ticket.state)) return null
  const owed = slaClocks(ticket, now).filter(({ kind, state, metAt }) => {
    const solvedWithoutVisit = kind === 'arrive' && ticket.restoredAt !== null
    return !solvedWithoutVisit && metAt === null && (state === 'running' || state === 'missed')
  })
  return owed.sort((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''))[0] ?? null
}

/** When waiting for a promise ended without its being kept; undefined while the ticket is open. */
function mootAt({ state, closedAt }: SlaStamps): Date | undefined {
  return endedStates.includes(state) ? (closedAt ?? new Date(0)) : undefined
}

function clock(
  kind: SlaClock['kind'],
  dueAt: Date | null,
  metAt: Date | null,
  moot: Date | undefined,
  now: Date,
): SlaClock {
  const times = { kind, dueAt: dueAt?.toISOString() ?? null, metAt: metAt?.toISOString() ?? null }
  if (dueAt === null) return { ...times, state: 'none' }
  if (metAt !== null) return { ...times, state: metAt <= dueAt ? 'met' : 'missed' }
  if (moot !== undefined) return { ...times, state: moot <= dueAt ? 'none' : 'missed' }
  return { ...times, state: now <= dueAt ? 'running' : 'missed' }
}
