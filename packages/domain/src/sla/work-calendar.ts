/** Which days people work. China has one zone and no summer time, so an offset is enough. */
export interface WorkCalendar {
  readonly utcOffsetMinutes: number
  /** Public holidays, YYYY-MM-DD. */
  readonly holidays: readonly string[]
  /** 调休上班日: weekend days that are worked in exchange, YYYY-MM-DD. */
  readonly workingWeekends: readonly string[]
}

/** China without any holiday entered. */
export const chinaCalendar: WorkCalendar = { utcOffsetMinutes: 480, holidays: [], workingWeekends: [] }

/** Hours of service in local minutes of the day, on every day or on working days; `always` never closes. */
export type ServiceHours =
  | { readonly kind: 'always' }
  | { readonly kind: 'daily' | 'workdays'; readonly fromMinute: number; readonly toMinute: number }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Longer than any run of holidays; a calendar that is closed for longer is a mistake in the data. */
const searchDays = 60

/** Days since 1970-01-01 on the local calendar. */
function localDayNumber(calendar: WorkCalendar, at: number): number {
  return Math.floor((at + calendar.utcOffsetMinutes * minuteMs) / dayMs)
}

/** Local calendar day of an instant, YYYY-MM-DD. */
export function localDay(calendar: WorkCalendar, at: Date): string {
  return dayText(localDayNumber(calendar, at.getTime()))
}

/** Local weekday, Monday 1 to Sunday 7. */
export function localWeekday(calendar: WorkCalendar, at: Date): number {
  return weekday(localDayNumber(calendar, at.getTime()))
}

/** Minutes since local midnight, with their fraction. */
export function localMinute(calendar: WorkCalendar, at: Date): number {
  const local = at.getTime() + calendar.utcOffsetMinutes * minuteMs
  return (local - Math.floor(local / dayMs) * dayMs) / minuteMs
}

/** The instant of a local minute of the day on which `at` lies, moved by `days`. */
export function atLocalMinute(calendar: WorkCalendar, at: Date, minute: number, days = 0): Date {
  const midnight = (localDayNumber(calendar, at.getTime()) + days) * dayMs - calendar.utcOffsetMinutes * minuteMs
  return new Date(midnight + minute * minuteMs)
}

/** The first open moment at or after `at`. */
export function whenOpen(calendar: WorkCalendar, hours: ServiceHours, at: Date): Date {
  return nextWindow(calendar, hours, at).opens
}

/** `minutes` of open time after `at`: closed hours do not count. */
export function addOpenMinutes(calendar: WorkCalendar, hours: ServiceHours, at: Date, minutes: number): Date {
  return addOpenMs(calendar, hours, at, minutes * minuteMs)
}

/** `lengthMs` of open time after `at`; to the closing time itself where it ends just there. */
export function addOpenMs(calendar: WorkCalendar, hours: ServiceHours, at: Date, lengthMs: number): Date {
  let remainingMs = lengthMs
  let { opens, closes } = nextWindow(calendar, hours, at)
  while (opens.getTime() + remainingMs > closes.getTime()) {
    remainingMs -= closes.getTime() - opens.getTime()
    ;({ opens, closes } = nextWindow(calendar, hours, closes))
  }
  return new Date(opens.getTime() + remainingMs)
}

/** Closing time of the `count`-th working day after the one on which `at` counts as received. */
export function endOfWorkday(calendar: WorkCalendar, hours: ServiceHours, at: Date, count: number): Date {
  let window = nextWindow(calendar, hours, at)
  for (let passed = 0; passed < count; passed++) {
    window = nextWindow(calendar, hours, atLocalMinute(calendar, window.opens, 0, 1))
  }
  return window.closes
}

/** Open time from `from` to `to`, in ms; 0 where `to` is not after `from`. */
export function openMsBetween(calendar: WorkCalendar, hours: ServiceHours, from: Date, to: Date): number {
  return windowsBetween(calendar, hours, from, to).reduce(
    (sum, { opens, closes }) => sum + Math.min(closes.getTime(), to.getTime()) - opens.getTime(),
    0,
  )
}

/** How many days of service end after `from` and not after `to`. */
export function closingsBetween(calendar: WorkCalendar, hours: ServiceHours, from: Date, to: Date): number {
  return windowsBetween(calendar, hours, from, to).filter(({ closes }) => closes <= to).length
}

/** The windows that begin before `to`, the first one from `from` on. */
function windowsBetween(calendar: WorkCalendar, hours: ServiceHours, from: Date, to: Date): Window[] {
  const windows: Window[] = []
  for (let at = from; at < to;) {
    const window = nextWindow(calendar, hours, at)
    if (window.opens >= to) break
    windows.push(window)
    at = window.closes
  }
  return windows
}

interface Window {
  opens: Date
  closes: Date
}

/** What is left of the window around `at`, else the next one whole. */
function nextWindow(calendar: WorkCalendar, hours: ServiceHours, at: Date): Window {
  if (hours.kind === 'always') return { opens: at, closes: new Date(8.64e15) }
  const today = localDayNumber(calendar, at.getTime())
  for (let days = 0; days < searchDays; days++) {
    const closes = atLocalMinute(calendar, at, hours.toMinute, days)
    const isOpenDay = hours.kind === 'daily' || isWorkdayNumber(calendar, today + days)
    if (!isOpenDay || closes <= at) continue
    const opens = atLocalMinute(calendar, at, hours.fromMinute, days)
    return { opens: opens < at ? at : opens, closes }
  }
  throw new RangeError(`the calendar has no open day within ${searchDays} days after ${dayText(today)}`)
}

/** Monday to Friday but for holidays, and the weekend days worked in exchange. */
function isWorkdayNumber(calendar: WorkCalendar, day: number): boolean {
  const text = dayText(day)
  if (calendar.holidays.includes(text)) return false
  return weekday(day) <= 5 || calendar.workingWeekends.includes(text)
}

/** 1970-01-01 was a Thursday. */
function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
