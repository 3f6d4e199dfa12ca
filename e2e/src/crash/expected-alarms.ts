import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { WatchedSignal } from '../works/machine-model.ts'

/** One continuous occurrence; times are event times in epoch ms. */
export interface ExpectedAlarm {
  readonly raisedAt: number
  readonly clearedAt: number | null
  readonly peakLevel: AlarmLevel
  readonly peakValue: number
  /** Changes of level, and the end. */
  readonly changes: number
}

interface Series {
  readonly startMs: number
  readonly tickMs: number
  readonly values: readonly number[]
}

/**
 * What a threshold rule must find in a series without holes. Written from the rule's description, without looking how it is
 * done: it looks back from every reading instead of carrying a state along. Both sides of a limit are seen from above.
 */
export function expectedAlarms({ rule }: WatchedSignal, { startMs, tickMs, values }: Series): ExpectedAlarm[] {
  const { limits, band, onDelayMs, offDelayMs } = rule
  const isUpper = limits.h !== null
  const side = isUpper ? 1 : -1
  const first = side * ((isUpper ? limits.h : limits.l) ?? NaN)
  const second = side * ((isUpper ? limits.hh : limits.ll) ?? Infinity * side)
  const levels: readonly AlarmLevel[] = isUpper ? ['high', 'high-high'] : ['low', 'low-low']

  /** Whether all readings of the last `holdMs` up to tick `at` were so; there must be readings for all that time. */
  const held = (at: number, holdMs: number, isSo: (value: number) => boolean): boolean => {
    const from = at - Math.ceil(holdMs / tickMs)
    if (from < 0) return false
    for (let tick = from; tick <= at; tick++) if (!isSo(side * (values[tick] ?? NaN))) return false
    return true
  }
  const over = (at: number, limit: number) => held(at, onDelayMs, (value) => value >= limit)
  const inside = (at: number, limit: number) => held(at, offDelayMs, (value) => value < limit - band)

  const found: ExpectedAlarm[] = []
  let open: { raisedAt: number; level: 0 | 1; peak: 0 | 1; peakValue: number; changes: number } | undefined
  const close = (clearedAt: number | null) => {
    if (!open) return
    const { raisedAt, peak, peakValue, changes } = open
    const peakLevel = levels[peak] ?? 'high'
    found.push({ raisedAt, clearedAt, peakLevel, peakValue: side * peakValue, changes })
    open = undefined
  }
  for (let tick = 0; tick < values.length; tick++) {
    const at = startMs + tick * tickMs
    const value = side * (values[tick] ?? NaN)
    const reached = over(tick, second) ? 1 : over(tick, first) ? 0 : undefined
    if (!open) {
      if (reached !== undefined) open = { raisedAt: at, level: reached, peak: reached, peakValue: value, changes: 0 }
      continue
    }
    open.peakValue = Math.max(open.peakValue, value)
    if (reached === 1 && open.level === 0) {
      open.level = open.peak = 1
      open.changes++
    } else if (inside(tick, first)) {
      open.changes++
      close(at)
    } else if (open.level === 1 && inside(tick, second)) {
      open.level = 0
      open.changes++
    }
  }
  close(null)
  return found
}
