import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { Priority } from '@fettle/contracts/ticket-life-cycle'

/** The outer limits stand for harm, the inner ones for its approach. */
const ranks: Readonly<Record<AlarmLevel, number>> = { low: 1, high: 1, 'low-low': 2, 'high-high': 2 }

/** Positive when `a` is the graver. */
export function compareSeverity(a: AlarmLevel, b: AlarmLevel): number {
  return ranks[a] - ranks[b]
}

/** How urgent a ticket is that an alarm of this level opens. */
export function priorityOf(level: AlarmLevel): Priority {
  return ranks[level] === 2 ? 'urgent' : 'high'
}
