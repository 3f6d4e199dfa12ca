/**
 * Reads a time as recordings write them; undefined when the text is none. UTC epoch ms. `afterMs` is the time of the row
 * before, which tells the two passes of an hour apart that a clock shows twice.
 */
export type ParseTimestamp = (text: string, afterMs?: number) => number | undefined

/** The offset from UTC in ms at a moment of UTC epoch ms. */
type OffsetAt = (utcMs: number) => number

const dateTime =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i
const epoch = /^\d{9,16}(\.\d+)?$/
const fixedOffset = /^([+-])(\d{2})(?::?(\d{2}))?$/
const dayMs = 86_400_000

/**
 * Compiles a reader of timestamps: `2013-12-02 21:15:00`, ISO 8601 with or without zone, `2013/12/2 21:15`, or a number of
 * seconds, milliseconds or microseconds since 1970, told apart by their size. A time without a zone is one of `zone`: `UTC`,
 * an offset such as `+08:00`, or a name such as `Asia/Shanghai`. An hour that a clock shows twice is its first, or its second
 * where the first does not lie after `afterMs`; one that it leaves out counts on from before. Undefined when there is no such zone.
 */
export function compileTimestamps(zone: string): ParseTimestamp | undefined {
  const offsetAt = offsetsOf(zone)
  if (!offsetAt) return undefined
  return (text, afterMs = -Infinity) => {
    const trimmed = text.trim()
    return epoch.test(trimmed) ? epochMs(Number(trimmed)) : civilTime(trimmed, offsetAt, afterMs)
  }
}

function epochMs(number: number): number {
  if (number < 1e11) return Math.round(number * 1_000)
  return number < 1e14 ? Math.round(number) : Math.round(number / 1_000)
}

function civilTime(text: string, offsetAt: OffsetAt, afterMs: number): number | undefined {
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone] =
    dateTime.exec(text) ?? []
  if (year === '') return undefined
  const dateMs = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const date = new Date(dateMs)
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  const localMs = dateMs + seconds * 1_000 + Math.round(Number(`0.${fraction || '0'}`) * 1_000)
  if (zone === undefined) return utcOf(localMs, offsetAt, afterMs)
  return localMs - (/z/i.test(zone) ? 0 : (offsetOf(zone) ?? NaN))
}

/** The first moment after `afterMs`, else at all, at which a clock of the zone shows this; its last change lies within a day. */
function utcOf(localMs: number, offsetAt: OffsetAt, afterMs: number): number {
  const before = localMs - offsetAt(localMs - dayMs)
  const after = localMs - offsetAt(localMs + dayMs)
  const shown = [Math.min(before, after), Math.max(before, after)].filter(
    (utcMs) => utcMs + offsetAt(utcMs) === localMs,
  )
  return shown.find((utcMs) => utcMs > afterMs) ?? shown[0] ?? before
}

function offsetsOf(zone: string): OffsetAt | undefined {
  if (zone === 'UTC' || zone === 'Z') return () => 0
  const fixed = offsetOf(zone)
  if (fixed !== undefined) return () => fixed
  try {
    return namedZone(zone)
  } catch {
    return undefined // Intl knows no such zone
  }
}

function offsetOf(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = fixedOffset.exec(text) ?? []
  if (sign === undefined) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** Throws a RangeError when there is no such zone. Asked once for each hour of the recording. */
function namedZone(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const known = new Map<number, number>()
  return (utcMs) => {
    const quarterMs = Math.floor(utcMs / 900_000) * 900_000
    const offset = known.get(quarterMs) ?? offsetIn(format, quarterMs)
    known.set(quarterMs, offset)
    if (known.size > 10_000) known.clear()
    return offset
  }
}

function offsetIn(format: Intl.DateTimeFormat, utcMs: number): number {
  const parts = new Map(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]))
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const shownMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shownMs - utcMs
}
