import type { Sample } from '@fettle/devices-sim/replay/sample'
import type { LowLimit } from './threshold.ts'

export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

/** One alarm as it must come; times are event times in epoch ms. */
export interface ExpectedEpisode {
  readonly raisedAt: number
  readonly level: 'low' | 'low-low'
  readonly lowLowAt: number | null
  readonly clearedAt: number | null
  readonly peakValue: number
}

interface Point {
  readonly at: number
  readonly value: number
}

const pauseMs = 60_000

/**
 * What a low limit must find in a recording, written from the rule's description and not from its code: it looks back from
 * every reading instead of carrying a state along. Samples without a value, and those whose time does not lie after all before
 * them, say nothing. A hold does not go on across a gap that is longer than three times its length.
 */
export function expectedEpisodes(
  samples: readonly Sample[],
  { l, ll, band, onDelayMs, offDelayMs }: LowLimit,
  windows: readonly Window[],
): ExpectedEpisode[] {
  const points = usable(samples)
  const isPlanned = (at: number) => windows.some(({ fromMs, toMs }) => at >= fromMs && at < toMs)
  const raises = (limit: number) => (point: Point) => point.value <= limit && !isPlanned(point.at)
  const isBack = (point: Point) => point.value > l + band
  const isBackFromLowLow = (point: Point) => point.value > ll + band

  /** Whether all points of the last `holdMs` up to `index` are so, back to the point `floor`. */
  function held(index: number, holdMs: number, floor: number, isSo: (point: Point) => boolean): boolean {
    const end = points[index]?.at ?? NaN
    for (let start = index; start >= floor; start--) {
      const point = points[start]
      if (!point || !isSo(point)) return false
      if (end - point.at >= holdMs) return true
      const before = points[start - 1]
      if (!before || point.at - before.at > Math.max(pauseMs, 3 * holdMs)) return false
    }
    return false
  }

  const found: ExpectedEpisode[] = []
  let open: { raisedAt: number; index: number; isLowLow: boolean; lowLowAt: number | null; peak: number } | undefined
  const close = (clearedAt: number | null) => {
    if (!open) return
    const { raisedAt, lowLowAt, peak: peakValue } = open
    found.push({ raisedAt, level: lowLowAt === raisedAt ? 'low-low' : 'low', lowLowAt, clearedAt, peakValue })
    open = undefined
  }
  for (const [index, { at, value }] of points.entries()) {
    const isLowLow = held(index, onDelayMs, 0, raises(ll))
    if (!open) {
      const lowLowAt = isLowLow ? at : null
      if (isLowLow || held(index, onDelayMs, 0, raises(l)))
        open = { raisedAt: at, index, isLowLow, lowLowAt, peak: value }
      continue
    }
    open.peak = Math.min(open.peak, value)
    if (isLowLow && !open.isLowLow) {
      open.isLowLow = true
      open.lowLowAt ??= at
    } else if (held(index, offDelayMs, open.index, isBack)) close(at)
    else if (open.isLowLow && held(index, offDelayMs, open.index, isBackFromLowLow)) open.isLowLow = false
  }
  close(null)
  return found
}

function usable(samples: readonly Sample[]): Point[] {
  const points: Point[] = []
  for (const { tsMs, values } of samples) {
    const [value = null] = values
    if (value !== null && tsMs > (points.at(-1)?.at ?? -Infinity)) points.push({ at: tsMs, value })
  }
  return points
}
