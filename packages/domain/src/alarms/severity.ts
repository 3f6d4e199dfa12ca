import type { AlarmLevel } from '@fettle/contracts/alarms'
import { priorities, type Priority } from '@fettle/contracts/ticket-life-cycle'

/** The outer limits stand for harm, the inner ones for its approach. */
const priorityByLevel: Readonly<Record<AlarmLevel, Priority>> = {
  'low-low': 'urgent',
  low: 'high',
  high: 'high',
  'high-high': 'urgent',
}

/** How urgent a ticket is that an alarm of this level opens. */
export function priorityOf(level: AlarmLevel): Priority {
  return priorityByLevel[level]
}

/** The more urgent of two: an alarm raises the priority of its ticket, and never lowers it. */
export function higherPriority(a: Priority, b: Priority): Priority {
  return priorities.indexOf(a) <= priorities.indexOf(b) ? a : b
}
