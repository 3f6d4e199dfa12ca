import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { Priority } from '@fettle/contracts/ticket-life-cycle'

/** The outer limits stand for harm, the inner ones for its approach. */
const priorities: Readonly<Record<AlarmLevel, Priority>> = {
  'low-low': 'urgent',
  low: 'high',
  high: 'high',
  'high-high': 'urgent',
}

/** How urgent a ticket is that an alarm of this level opens. */
export function priorityOf(level: AlarmLevel): Priority {
  return priorities[level]
}
