import type { Language } from '../../i18n/setup.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }

/**
 * Labels of a time axis in the viewer's zone: the clock, with the day where it begins; for long spans days or months.
 * `splits` are epoch ms, `stepMs` their distance.
 */
export function timeLabels(splits: readonly number[], stepMs: number, language: Language): string[] {
  const locale = locales[language]
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(stepMs < MINUTE ? { second: '2-digit' as const } : {}),
  })
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short' })
  return splits.map((split) => {
    if (stepMs >= 27 * DAY) return month.format(split)
    return stepMs >= DAY || isMidnight(split) ? day.format(split) : clock.format(split)
  })
}

function isMidnight(epoch: number): boolean {
  const date = new Date(epoch)
  return date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0
}
