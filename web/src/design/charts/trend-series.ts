import type { Limits } from '@fettle/contracts/assets'

type Column = readonly (number | null)[]

/** One signal over time. Columns are of equal length and ordered by time; raw readings have min = mean = max. */
export interface TrendSeries {
  /** Unique within a chart. */
  readonly key: string
  /** In the viewer's language. */
  readonly name: string
  readonly unit: string
  readonly decimals: number
  /** Epoch ms, ascending. */
  readonly times: readonly number[]
  readonly min: Column
  readonly mean: Column
  readonly max: Column
  readonly limits: Limits
  /** What a value is called, of a signal that tells states: drawn in steps on an axis of its own, told in words. */
  readonly words?: (value: number) => string
}

/** Which axis a series belongs to: one for each unit, and one for each signal of states. */
export const axisOf = ({ key, unit, words }: TrendSeries): string => (words ? `states ${key}` : `unit ${unit}`)

/** A stretch of time with a meaning: an alarm episode. Drawn behind the lines over the whole height. */
export interface TrendBand {
  readonly key: string
  readonly from: number
  readonly to: number
  readonly tone: 'critical' | 'warning'
  readonly label: string
}

/** A moment with a meaning: a ticket, a replaced part, the start of an alarm. Drawn as a flag that can be opened. */
export interface TrendFlag {
  readonly key: string
  readonly at: number
  readonly kind: 'ticket' | 'part' | 'alarm'
  readonly label: string
  readonly onOpen?: () => void
}

/** Aligned columns as uPlot takes them: null is a gap, undefined is no point of this series. */
type Aligned = [times: number[], ...columns: (number | null | undefined)[][]]

/** Source intervals vary; a pause of this many usual ones is a hole in the data, not a line. */
const GAP_INTERVALS = 6
const GAP_AT_LEAST_MS = 15_000

/**
 * All series on one time axis: times, then min, max and mean of each series in turn. A pause much longer than usual
 * becomes a gap, so that no line is drawn through hours in which nothing came.
 */
export function align(series: readonly TrendSeries[]): Aligned {
  const withGaps = series.map(breakAtGaps)
  const times = mergeTimes(withGaps.map((each) => each.times))
  const place = new Map(times.map((time, index) => [time, index]))
  const columns = withGaps.flatMap((each) =>
    [each.min, each.max, each.mean].map((column) => {
      const aligned: (number | null | undefined)[] = Array.from({ length: times.length })
      each.times.forEach((time, index) => {
        const at = place.get(time)
        if (at !== undefined) aligned[at] = column[index] ?? null
      })
      return aligned
    }),
  )
  return [times, ...columns]
}

function mergeTimes(all: readonly (readonly number[])[]): number[] {
  const [first] = all
  if (all.length === 1 && first) return [...first]
  return [...new Set(all.flat())].sort((one, other) => one - other)
}

type Columns = Pick<TrendSeries, 'times' | 'min' | 'mean' | 'max'>

function breakAtGaps({ times, min, mean, max }: Columns): Columns {
  const longest = Math.max(usualInterval(times) * GAP_INTERVALS, GAP_AT_LEAST_MS)
  const broken = {
    times: [] as number[],
    min: [] as (number | null)[],
    mean: [] as (number | null)[],
    max: [] as (number | null)[],
  }
  times.forEach((time, index) => {
    const before = times[index - 1]
    if (before !== undefined && time - before > longest) {
      broken.times.push(before + 1)
      for (const column of [broken.min, broken.mean, broken.max]) column.push(null)
    }
    broken.times.push(time)
    broken.min.push(min[index] ?? null)
    broken.mean.push(mean[index] ?? null)
    broken.max.push(max[index] ?? null)
  })
  return broken
}

/** The median distance of neighbouring points, in ms. */
function usualInterval(times: readonly number[]): number {
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time))
  return distances.sort((one, other) => one - other)[Math.floor(distances.length / 2)] ?? 0
}

/**
 * What the axis of a unit spans: every value, the warning limits, and the outer limit on the side where a warning limit
 * was reached. A little air above and below; a flat line stands in the middle. Null without any value.
 */
export function unitRange(series: readonly TrendSeries[]): readonly [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const each of series) {
    for (const value of each.min) if (value !== null && value < low) low = value
    for (const value of each.max) if (value !== null && value > high) high = value
  }
  if (low > high) return null
  const shown = [low, high, ...series.flatMap((each) => shownLimits(each.limits, low, high))]
  const bottom = Math.min(...shown)
  const top = Math.max(...shown)
  const air = (top - bottom) * 0.08 || Math.max(Math.abs(top) * 0.05, 0.5)
  return [bottom - air, top + air]
}

function shownLimits({ hh, h, l, ll }: Limits, low: number, high: number): number[] {
  const upper = h === null ? [hh] : high >= h ? [h, hh] : [h]
  const lower = l === null ? [ll] : low <= l ? [l, ll] : [l]
  return [...upper, ...lower].filter((limit) => limit !== null)
}

export interface SeriesExtent {
  readonly low: number
  readonly high: number
  readonly last: number
  readonly lastAt: number
}

/** Lowest, highest and last value of a series; null when nothing came. */
export function extentOf({ times, min, mean, max }: Columns): SeriesExtent | null {
  let extent: SeriesExtent | null = null
  times.forEach((time, index) => {
    const value = mean[index]
    if (value === null || value === undefined) return
    extent = {
      low: Math.min(extent?.low ?? Infinity, min[index] ?? value),
      high: Math.max(extent?.high ?? -Infinity, max[index] ?? value),
      last: value,
      lastAt: time,
    }
  })
  return extent
}
