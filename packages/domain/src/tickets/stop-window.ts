/**
 * When a customer lets machines stand, as far as the words in the customer's file can be read. All times are of the
 * site's own clock.
 */
export interface StopWindow {
  /** 0 is Sunday; null is every day. The day on which the window opens, as it may last past midnight. */
  readonly weekday: number | null
  /** Minutes after midnight. */
  readonly opensAt: number
  readonly lengthMs: number
}

/** Epoch ms. */
export interface Span {
  readonly start: number
  readonly end: number
}

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60
const DAY = DAY_MINUTES * MINUTE
/** Sites are in China: one zone, no summer time. */
const SITE_OFFSET = 8 * 60 * MINUTE
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4
/** Less than this of an open window is not worth a journey. */
const LEAST = 60 * MINUTE

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/**
 * Reads `周日 08:00–12:00`, `23:00–05:00 用水低谷` or `周六 18:00 后`. Null where the words name no hours (`换班前后一小时`)
 * or more than one day or span: whoever books reads those alone.
 */
export function readStopWindow(words: string): StopWindow | null {
  const text = words.normalize('NFKC')
  const days = [...text.matchAll(/(?:周|星期|礼拜)(.)/g)]
  const hours = [...text.matchAll(/(\d{1,2}):(\d{2})/g)]
  const span = /(\d{1,2}:\d{2})\s*(?:[-–—~至到]\s*(\d{1,2}:\d{2})|以?后)/.exec(text)
  const opensAt = minutesOf(span?.[1])
  const closesAt = span?.[2] === undefined ? DAY_MINUTES : minutesOf(span[2])
  if (opensAt === null || closesAt === null || days.length > 1 || hours.length > (span?.[2] === undefined ? 1 : 2)) {
    return null
  }
  const [day] = days
  const weekday = day ? weekdays.indexOf((day[1] ?? '').replace('天', '日')) : null
  const length = (closesAt - opensAt + DAY_MINUTES) % DAY_MINUTES
  return weekday === -1 || length === 0 ? null : { weekday, opensAt, lengthMs: length * MINUTE }
}

/** Whether a visit lies wholly within one opening of the window. */
export function liesWithin(window: StopWindow, { start, end }: Span): boolean {
  return openingsFrom(window, start).some((opening) => opening.start <= start && end <= opening.end)
}

/** The first visit of that length, or as long as the window lets it be, that begins at `earliest` or later. */
export function firstWithin(window: StopWindow, earliest: number, lengthMs: number): Span | null {
  for (const opening of openingsFrom(window, earliest)) {
    const start = Math.max(earliest, opening.start)
    if (opening.end - start >= Math.min(LEAST, window.lengthMs)) {
      return { start, end: Math.min(start + lengthMs, opening.end) }
    }
  }
  return null
}

/** Openings of the window from the day before a moment, as one of then may still last, up to the same day next week. */
function openingsFrom({ weekday, opensAt, lengthMs }: StopWindow, moment: number): Span[] {
  const today = Math.floor((moment + SITE_OFFSET) / DAY)
  return Array.from({ length: 9 }, (_, index) => today - 1 + index)
    .filter((day) => weekday === null || (day + FIRST_WEEKDAY) % 7 === weekday)
    .map((day) => {
      const start = day * DAY - SITE_OFFSET + opensAt * MINUTE
      return { start, end: start + lengthMs }
    })
}

/** Minutes after midnight of `8:30`; null for what no clock shows. */
function minutesOf(clock: string | undefined): number | null {
  const [hours = Number.NaN, minutes = Number.NaN] = clock?.split(':').map(Number) ?? []
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null
}
