import { isPublicHoliday } from '@fettle/provisioning/demo/years/quiet-days'

/** China has one zone and no daylight saving. Days are counted from 1970-01-01, minutes from local midnight. */
const zoneMs = 8 * 3_600_000
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const dayOf = (ms: number): number => Math.floor((ms + zoneMs) / dayMs)

export const minuteOf = (ms: number): number => (ms + zoneMs - dayOf(ms) * dayMs) / minuteMs

export const atMinute = (day: number, minute: number): number => day * dayMs - zoneMs + Math.round(minute * minuteMs)

/** YYYY-MM-DD. */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** Monday 1 to Sunday 7; day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** 1 to 12. */
export const monthOf = (day: number): number => new Date(day * dayMs).getUTCMonth() + 1

/** Minutes of `08:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const holidays = new Map<number, boolean>()

/** Whether most factories stand still; asked so often that the answers are kept. */
export function isHoliday(day: number): boolean {
  const known = holidays.get(day)
  if (known !== undefined) return known
  const answer = isPublicHoliday(dayText(day))
  holidays.set(day, answer)
  return answer
}
