import type { Commitment } from './tiers.ts'
import {
  addOpenMs,
  closingsBetween,
  endOfWorkday,
  openMsBetween,
  type ServiceHours,
  type WorkCalendar,
} from './work-calendar.ts'

/**
 * The time that a promise is counted in: open hours for `open-minutes`, every hour for `elapsed-minutes`, closing times that
 * pass for `workdays`. A promise whose tier no longer makes it runs around the clock.
 */
export interface ServiceTime {
  /** Units of this time from `from` to `to`; 0 where none of it passes in between. */
  between(from: Date, to: Date): number
  /** The instant that many units after `at`; `units` is above 0. */
  after(at: Date, units: number): Date
  /** What is left of the promise at `from`, in ms of the hours in which we serve. */
  leftMs(from: Date, dueAt: Date): number
}

export function serviceTime(commitment: Commitment | null, hours: ServiceHours, calendar: WorkCalendar): ServiceTime {
  const openMs = (from: Date, to: Date) => openMsBetween(calendar, hours, from, to)
  const elapsedMs = (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime())
  switch (commitment?.kind) {
    case 'open-minutes':
      return {
        between: openMs,
        after: (at, units) => addOpenMs(calendar, hours, at, units),
        leftMs: openMs,
      }
    case 'workdays':
      return {
        between: (from, to) => closingsBetween(calendar, hours, from, to),
        // The closing time after `at` is the first one already.
        after: (at, units) => endOfWorkday(calendar, hours, at, units - 1),
        leftMs: openMs,
      }
    case 'elapsed-minutes':
    case undefined:
      return { between: elapsedMs, after: (at, units) => new Date(at.getTime() + units), leftMs: elapsedMs }
    default:
      return commitment satisfies never
  }
}
