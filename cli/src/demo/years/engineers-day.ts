import type { Tier } from '@fettle/contracts/customers'
import type { DemoEngineer } from '@fettle/provisioning/demo/engineers'
import { atMinute, dayOf, hourMs, isHoliday, minuteMs, minutesOf, weekdayOf } from './china-time.ts'

/** From leaving the base to being back there. */
export interface Booking {
  readonly fromMs: number
  readonly toMs: number
}

/** What an engineer has on each day; nobody is out over midnight. */
export interface Calendar {
  on(day: number): readonly Booking[]
  add(booking: Booking): void
  /** Bookings that begin within these days, both inclusive. */
  count(fromDay: number, toDay: number): number
}

export function createCalendar(): Calendar {
  const days = new Map<number, Booking[]>()
  const on = (day: number) => days.get(day) ?? []
  return {
    on,
    add(booking) {
      const day = dayOf(booking.fromMs)
      days.set(
        day,
        [...on(day), booking].toSorted((a, b) => a.fromMs - b.fromMs),
      )
    },
    count(fromDay, toDay) {
      let found = 0
      for (let day = fromDay; day <= toDay; day++) found += on(day).length
      return found
    },
  }
}

/** A piece of work that needs one going-out. */
export interface Errand {
  readonly tier: Tier
  /** Somebody opens the gate at any hour. */
  readonly nights: boolean
  /** Minutes after the opening of the gate: not everybody is there at the stroke of the hour. */
  readonly spreadMinutes: number
  /** One way. */
  readonly travelMs: number
  readonly workMs: number
}

const searchDays = 30
/** Between two errands of a day: unloading, papers, a meal. */
const pauseMs = 20 * minuteMs
const latestEnd = 20 * 60
const latestNightEnd = 23.9 * 60

/** When an engineer can leave at the earliest so that all of it fits into a day on which he and the factory work. */
export function earliestDeparture(
  engineer: DemoEngineer,
  calendar: Calendar,
  errand: Errand,
  fromMs: number,
): number | null {
  const hours = hoursOf(engineer, errand)
  for (let day = dayOf(fromMs); day < dayOf(fromMs) + searchDays; day++) {
    if (!worksOn(engineer, day, errand)) continue
    const busy = calendar.on(day)
    // Whoever would be there before the gate opens leaves later.
    const startMs = Math.max(fromMs, atMinute(day, hours.leave), atMinute(day, hours.arriveFrom) - errand.travelMs)
    const departures = [startMs, ...busy.map(({ toMs }) => toMs + pauseMs)].filter((at) => at >= startMs)
    const fitting = departures.toSorted((a, b) => a - b).find((at) => fits(at, day, errand, hours, busy))
    if (fitting !== undefined) return fitting
  }
  return null
}

interface Hours {
  /** Minutes of the day: nobody leaves before, nobody arrives outside, nobody works after. */
  readonly leave: number
  readonly arriveFrom: number
  readonly arriveUntil: number
  readonly end: number
}

function hoursOf({ dayStart }: DemoEngineer, { tier, nights, spreadMinutes }: Errand): Hours {
  if (tier === 'platinum' && nights) {
    return { leave: 5.5 * 60, arriveFrom: 6.5 * 60, arriveUntil: 22.5 * 60, end: latestNightEnd }
  }
  const leave = minutesOf(dayStart) - 45
  const arriveUntil = tier === 'platinum' || tier === 'gold' ? 18.5 * 60 : 16.5 * 60
  return { leave, arriveFrom: 8.25 * 60 + spreadMinutes, arriveUntil, end: latestEnd }
}

function worksOn({ workdays }: DemoEngineer, day: number, { tier, nights }: Errand): boolean {
  // Promised for every day of the week: somebody stands by.
  if (tier === 'platinum' || tier === 'gold') return tier === 'platinum' || nights || !isHoliday(day)
  return !isHoliday(day) && workdays.includes(weekdayOf(day))
}

function fits(departMs: number, day: number, errand: Errand, hours: Hours, busy: readonly Booking[]): boolean {
  const { travelMs, workMs } = errand
  const arriveMs = departMs + travelMs
  const backMs = arriveMs + workMs + travelMs
  if (arriveMs > atMinute(day, hours.arriveUntil) || arriveMs + workMs > atMinute(day, hours.end)) return false
  return busy.every(({ fromMs, toMs }) => toMs + pauseMs <= departMs || backMs + pauseMs <= fromMs)
}

/** Hours that fit into one going-out; longer work goes on another day. */
export const longestDayMs = 9 * hourMs
