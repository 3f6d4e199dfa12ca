import { useMemo } from 'react'
import { useLanguage } from '../i18n/use-text.ts'
import { count, decimal, measured, money, percent, withUnit } from './number.ts'
import { calendarDay, clockTime, duration, exactTime, relativeTime, shortTime, type When } from './time.ts'

/** Every formatter bound to the viewer's language. Times are in the viewer's zone. */
export function useFormat() {
  const language = useLanguage()
  return useMemo(
    () => ({
      relative: (when: When, now: number) => relativeTime(when, now, language),
      exact: (when: When) => exactTime(when, language),
      short: (when: When) => shortTime(when, language),
      clock: (when: When) => clockTime(when, language),
      day: (day: string) => calendarDay(day, language),
      duration: (lengthMs: number) => duration(lengthMs, language),
      money: (cents: number) => money(cents, language),
      percent: (ratio: number, decimals?: number) => percent(ratio, language, decimals),
      count: (value: number) => count(value, language),
      value: (value: number | null, decimals: number, unit: string) =>
        value === null ? measured(value, decimals) : withUnit(measured(value, decimals), unit),
      decimal,
    }),
    [language],
  )
}
