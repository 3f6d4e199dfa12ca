import type { Alarm } from '@fettle/contracts/alarms'

type Told = Pick<Alarm, 'clearedAt' | 'level' | 'value' | 'limit' | 'peakLevel' | 'peakValue' | 'peakLimit'>

/** A value with the limit that it is to be held against. */
interface Crossing {
  readonly level: Alarm['level']
  readonly value: number
  readonly limit: number
}

/**
 * What is told of an alarm: while it lasts, what raised its present level, and the worst besides; once it is over, only the
 * worst. `peak.limit` is null where it is the limit told already: the alarm has not fallen from a worse level.
 */
export function shownAlarm(alarm: Told): Crossing & {
  readonly peak: { readonly value: number; readonly limit: number | null } | null
} {
  const { clearedAt, level, value, limit, peakLevel, peakValue, peakLimit } = alarm
  if (clearedAt !== null) return { level: peakLevel, value: peakValue, limit: peakLimit, peak: null }
  return { level, value, limit, peak: { value: peakValue, limit: peakLevel === level ? null : peakLimit } }
}
