import { HISTORY_MAX_BUCKETS } from '@fettle/contracts/telemetry'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const trendRanges = ['1h', '24h', '7d', '30d', '1y'] as const
export type TrendRange = (typeof trendRanges)[number]
export const rangeMs: Readonly<Record<TrendRange, number>> = {
  '1h': HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '1y': 365 * DAY,
}

/** A stretch of time, epoch ms. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/** Ten seconds show every reading of the fastest source; nothing is kept longer than five years. */
const SHORTEST_MS = 10_000
const LONGEST_MS = 5 * 365 * DAY

/** Within what can be shown: neither shorter nor longer than makes sense, and not beyond the present. */
export function clampWindow({ from, to }: TimeWindow, now: number): TimeWindow {
  const length = Math.min(Math.max(Math.round(to - from), SHORTEST_MS), LONGEST_MS)
  const middle = (from + to) / 2
  const end = Math.min(Math.round(middle + length / 2), now)
  return { from: end - length, to: end }
}

/** Twice or half as much around the middle: `factor` 2 shows more, 0.5 less. */
export function scaleWindow({ from, to }: TimeWindow, factor: number, now: number): TimeWindow {
  const middle = (from + to) / 2
  const half = ((to - from) / 2) * factor
  return clampWindow({ from: middle - half, to: middle + half }, now)
}

/** Half a window back (-1) or on (1). */
export function shiftWindow({ from, to }: TimeWindow, direction: -1 | 1, now: number): TimeWindow {
  const by = ((to - from) / 2) * direction
  return clampWindow({ from: from + by, to: to + by }, now)
}

/**
 * How many buckets to ask for: about one per two pixels, in steps, so that a window that is resized by little asks
 * nothing new.
 */
export function bucketsFor(widthPx: number): number {
  return Math.min(HISTORY_MAX_BUCKETS, Math.max(200, Math.ceil(widthPx / 2 / 100) * 100))
}

/** How long a live window waits before it asks for its history again; live values fill what happened since. */
export const reanchorMs = (lengthMs: number) => Math.min(10 * MINUTE, Math.max(MINUTE, lengthMs / 20))

/** A live window moves in steps that are visible, not with every value. */
export const liveStepMs = (lengthMs: number) => Math.max(1_000, Math.round(lengthMs / 2_000 / 1_000) * 1_000)
