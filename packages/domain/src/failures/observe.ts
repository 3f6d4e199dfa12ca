import type { EvidenceTrend } from '@fettle/contracts/evidence'
import type { Text } from '@fettle/contracts/scalars'

type Direction = 'up' | 'down'

/** What one signal did before an alarm. Speeds are in the signal's unit per hour. */
export interface Observed {
  readonly signalKey: string
  readonly name: Text
  readonly unit: string
  /** False when there are too few values to say anything of a change. */
  readonly known: boolean
  /** The change that took it out of its usual range; `perHour` is signed. Null when it stayed there. */
  readonly move: { readonly direction: Direction; readonly perHour: number } | null
  /** The slowest steady change that would have taken it out of its usual range in the time looked at. */
  readonly visiblePerHour: number
  /** The side on which it ended beyond a limit. */
  readonly beyond: Direction | null
}

export type ObservedTrend = Pick<
  EvidenceTrend,
  'signalKey' | 'name' | 'unit' | 'decimals' | 'limits' | 'times' | 'min' | 'mean' | 'max'
>

type Point = readonly [at: number, value: number]

const fewest = 8
/** Pairs grow with the square; forty points show a slope as well as four hundred. */
const most = 40
const hourMs = 3_600_000
/** How far outside the usual range, as a share of it, a signal must be to have left it. */
const margin = 0.25

/**
 * What changed between `fromMs` and `toMs`, against how the signal was in the trend before. The usual range is what it did 96 %
 * of that time, so a load cycle is no change however wide it is. Once it left the range, the speed is taken from there to where it
 * reached its present level: the median over all pairs of points (Theil–Sen, doi:10.1080/01621459.1968.10480934), which fits a
 * ramp that still goes on as well as a step some minutes ago, and which wild values do not move. Without enough of a trend
 * before `fromMs`, its first quarter stands for it.
 */
export function observe(trend: ObservedTrend, { fromMs, toMs }: { fromMs: number; toMs: number }): Observed {
  const { signalKey, name, unit } = trend
  const points = pointsUntil(trend, toMs)
  const about = { signalKey, name, unit, beyond: sideBeyond(trend, toMs) }
  if (points.length < fewest) return { ...about, known: false, move: null, visiblePerHour: Infinity }

  const before = Math.max(points.filter(([at]) => at < fromMs).length, Math.ceil(points.length / 4))
  const usual = points.slice(0, before).map(([, value]) => value)
  const [low, high] = [quantile(usual, 0.02), quantile(usual, 0.98)]
  const slack = Math.max(margin * (high - low), 2 * 10 ** -trend.decimals)
  const recentMs = timeOf(points.at(-1)) - timeOf(points[before - 1])
  const visiblePerHour = ((high - low + slack) * hourMs) / Math.max(1, recentMs)

  const level = quantile(valuesOf(points.slice(-3)), 0.5)
  if (level >= low - slack && level <= high + slack) return { ...about, known: true, move: null, visiblePerHour }
  const perHour = slope(travel(points, low, high, level)) * hourMs
  return { ...about, known: true, move: { direction: level > high ? 'up' : 'down', perHour }, visiblePerHour }
}

/** The points from the last one in the usual range to the first one near the present level. */
function travel(points: readonly Point[], low: number, high: number, level: number): readonly Point[] {
  const start = Math.max(
    0,
    points.findLastIndex(([, value]) => value >= low && value <= high),
  )
  const distance = Math.abs(level - (points[start]?.[1] ?? level))
  const there = points.findIndex(([, value], index) => index > start && Math.abs(value - level) <= 0.1 * distance)
  return points.slice(start, Math.max(there, start + 1) + 1)
}

/** Theil–Sen, per millisecond. */
function slope(points: readonly Point[]): number {
  const thinned = thin(points)
  const slopes: number[] = []
  thinned.forEach(([at, value], index) => {
    for (const [laterAt, laterValue] of thinned.slice(index + 1)) slopes.push((laterValue - value) / (laterAt - at))
  })
  return quantile(slopes, 0.5)
}

function pointsUntil({ times, mean }: ObservedTrend, toMs: number): readonly Point[] {
  return times.flatMap((at, index): Point[] => {
    const value = mean[index] ?? null
    return value === null || at > toMs ? [] : [[at, value]]
  })
}

/** A limit counts as passed when one of the last two points reached it, which is as long as the shortest hold. */
function sideBeyond({ limits, times, min, max }: ObservedTrend, toMs: number): Direction | null {
  const last = times.flatMap((at, index) => (at <= toMs && (max[index] ?? null) !== null ? [index] : [])).slice(-2)
  const upper = limits.h ?? limits.hh ?? Infinity
  const lower = limits.l ?? limits.ll ?? -Infinity
  if (last.some((index) => (max[index] ?? -Infinity) >= upper)) return 'up'
  return last.some((index) => (min[index] ?? Infinity) <= lower) ? 'down' : null
}

const timeOf = (point: Point | undefined) => point?.[0] ?? 0
const valuesOf = (points: readonly Point[]) => points.map(([, value]) => value)

function thin<T>(points: readonly T[]): readonly T[] {
  const stride = Math.ceil(points.length / most)
  return points.filter((_, index) => index % stride === 0)
}

/** Linear between the neighbours; 0 for no values. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const lower = sorted[Math.floor(place)] ?? 0
  const upper = sorted[Math.ceil(place)] ?? lower
  return lower + (upper - lower) * (place - Math.floor(place))
}
