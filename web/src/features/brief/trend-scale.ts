import type { EvidenceTrend } from '@fettle/contracts/evidence'

export type Span = readonly [low: number, high: number]
type Columns = Pick<EvidenceTrend, 'times' | 'min' | 'mean' | 'max'>

/** Maps a span of values linearly onto pixels. */
export function linear([low, high]: Span, [from, to]: Span): (value: number) => number {
  const perUnit = high === low ? 0 : (to - from) / (high - low)
  return (value) => from + (value - low) * perUnit
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const timeSteps = [1, 2, 5, 10, 15, 30]
  .map((n) => n * MINUTE)
  .concat([1, 2, 3, 6, 12, 24, 48, 96, 168].map((n) => n * HOUR))

/** Round moments (epoch ms) inside the span in the zone whose offset is given, at most `count` of them. */
export function timeTicks([from, to]: Span, count: number, zoneOffsetMs: number): number[] {
  const step = timeSteps.find((each) => (to - from) / each <= Math.max(1, count)) ?? 7 * DAY
  const first = Math.ceil((from + zoneOffsetMs) / step) * step - zoneOffsetMs
  const ticks: number[] = []
  for (let at = first; at <= to; at += step) ticks.push(at)
  return ticks
}

/** Runs of neighbouring points that have a value; silence between two of them ends a run. */
export function runsOf({ times, mean }: Pick<Columns, 'times' | 'mean'>): [first: number, last: number][] {
  const silence = 8 * typicalStep(times)
  const runs: [number, number][] = []
  mean.forEach((value, place) => {
    if (!isNumber(value)) return
    const current = runs.at(-1)
    const former = current?.[1]
    const near = former === place - 1 && (times[place] ?? 0) - (times[former] ?? 0) <= silence
    if (current && near) current[1] = place
    else runs.push([place, place])
  })
  return runs
}

/** The line of the means as an SVG path, broken where nothing was measured. */
export function linePath(trend: Columns, x: (at: number) => number, y: (value: number) => number): string {
  return runsOf(trend)
    .map(([first, last]) => {
      const points = pointsOf(trend.times, trend.mean, first, last, x, y)
      // A lone point would draw nothing.
      return points.length === 1 ? `M${points[0]}h0.01` : `M${points.join('L')}`
    })
    .join('')
}

/** The area between the lowest and highest reading of each bucket. */
export function bandPath(trend: Columns, x: (at: number) => number, y: (value: number) => number): string {
  return runsOf(trend)
    .filter(([first, last]) => last > first)
    .map(([first, last]) => {
      const upper = pointsOf(trend.times, trend.max, first, last, x, y)
      const lower = pointsOf(trend.times, trend.min, first, last, x, y).toReversed()
      return `M${[...upper, ...lower].join('L')}Z`
    })
    .join('')
}

function pointsOf(
  times: readonly number[],
  values: readonly (number | null)[],
  first: number,
  last: number,
  x: (at: number) => number,
  y: (value: number) => number,
): string[] {
  const points: string[] = []
  for (let place = first; place <= last; place += 1) {
    const value = values[place]
    const at = times[place]
    if (isNumber(value) && at !== undefined) points.push(`${x(at).toFixed(1)},${y(value).toFixed(1)}`)
  }
  return points
}

function typicalStep(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, place) => time - (times[place] ?? time))
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** Moves labels (px, any order) apart so that none stands closer than `gap` to another; their order stays. */
export function apart(places: readonly number[], gap: number): number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const moved = [...places]
  for (let at = 1; at < order.length; at += 1) {
    const [former, own] = [order[at - 1] ?? 0, order[at] ?? 0]
    const missing = gap - ((moved[own] ?? 0) - (moved[former] ?? 0))
    if (missing <= 0) continue
    moved[former] = (moved[former] ?? 0) - missing / 2
    moved[own] = (moved[own] ?? 0) + missing / 2
  }
  return moved
}
