import type { Language } from '../i18n/setup.ts'
import { serverClock } from './server-clock.ts'

const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Formatters are dear to make and depend on nothing but the language: each is made once. */
function once<T>(make: (locale: string) => T): (language: Language) => T {
  const made = new Map<Language, T>()
  return (language) => {
    const known = made.get(language)
    if (known) return known
    const fresh = make(locales[language])
    made.set(language, fresh)
    return fresh
  }
}

const relativeFormat = once((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' }))
const exactFormat = once(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }),
)
const zoneFormat = once((locale) => new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }))
const shortFormat = once(
  (locale) => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }),
)
const yearFormat = once(
  (locale) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' }),
)
const clockFormat = once((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }))
const dayFormat = once(
  (locale) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }),
)

/** An instant of the API (ISO 8601) or of telemetry (epoch ms). */
export type When = string | number
export const epochOf = (when: When): number => (typeof when === 'number' ? when : Date.parse(when))

/** Intl says 现在 and “now”, which nobody says of something that happened. */
const justNow: Record<Language, string> = { zh: '刚刚', en: 'just now' }

/** “3 分钟前”, “in 2 hours”: as seen from `now` (epoch ms). */
export function relativeTime(when: When, now: number, language: Language): string {
  const distance = epochOf(when) - now
  const size = Math.abs(distance)
  const format = relativeFormat(language)
  if (size < 45 * SECOND) return justNow[language]
  if (size < HOUR) return format.format(toward(distance, MINUTE), 'minute')
  if (size < DAY) return format.format(toward(distance, HOUR), 'hour')
  if (size < 30 * DAY) return format.format(toward(distance, DAY), 'day')
  if (size < 365 * DAY) return format.format(toward(distance, 30 * DAY), 'month')
  return format.format(toward(distance, 365 * DAY), 'year')
}

/** Whole units that have passed or remain; at least one, so that nothing reads “0 minutes ago”. */
function toward(distance: number, unit: number): number {
  const units = Math.trunc(distance / unit)
  return units === 0 ? Math.sign(distance) : units
}

/** To the second, with the zone of the viewer behind it: “2026年11月22日 10:40:07 GMT+8”. */
export function exactTime(when: When, language: Language): string {
  const at = epochOf(when)
  const zone = zoneFormat(language)
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')
  return `${exactFormat(language).format(at)} ${zone?.value ?? 'UTC'}`
}
/** Month, day and clock: “11月22日 10:40”; of another year than `now`, the day with its year. */
export function shortTime(when: When, language: Language, now = serverClock.now()): string {
  const at = epochOf(when)
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? shortFormat : yearFormat)(language).format(at)
}
export const clockTime = (when: When, language: Language) => clockFormat(language).format(epochOf(when))
/** A calendar day without a zone (`2026-11-22`). */
export const calendarDay = (day: string, language: Language) =>
  dayFormat(language).format(Date.parse(`${day}T00:00:00Z`))

const durationUnits = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
] as const

/** A length of time in its two largest units, seconds only when it is short: “2小时 5分钟”, “2 hrs 5 mins”. Without sign. */
export function duration(lengthMs: number, language: Language): string {
  let rest = Math.abs(lengthMs)
  const parts: string[] = []
  for (const [unit, size] of durationUnits) {
    if (unit === 'second' && Math.abs(lengthMs) >= 2 * MINUTE) break
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(unitFormat(unit, language).format(count))
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.length > 0 ? parts.join(' ') : unitFormat('second', language).format(0)
}

const unitFormats = new Map<string, Intl.NumberFormat>()
function unitFormat(unit: (typeof durationUnits)[number][0], language: Language): Intl.NumberFormat {
  const key = `${unit} ${language}`
  const known = unitFormats.get(key)
  if (known) return known
  const fresh = new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'short' })
  unitFormats.set(key, fresh)
  return fresh
}
