import type { EvidenceTrend } from '@fettle/contracts/evidence'

export type Span = readonly [low: number, high: number]
type Columns = Pick<EvidenceTrend, 'times' | 'min' | 'mean' | 'max'>

/** Maps a span of values linearly onto pixels. */
export function linear([low, high]: Span, [from, to]: Span): (value: number) => number {
  const perUnit = high === low ? 0 : (to - from) / (high - low)
  return (value) => from + (value - low) * perUnit
}

const steps = [1, 2, 2.5, 5, 10]

/** Round values inside the span, about `count` of them. */
export function niceTicks([low, high]: Span, count: number): number[] {
  const rough = (high - low) / Math.max(1, count)
  if (!(rough > 0)) return [low]
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = (steps.find((each) => each * size >= rough) ?? 10) * size
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) =>
    Number(((first + place) * step).toPrecision(12)),
  )
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

/** The place of the point nearest to `at` that has a value; -1 where there is none. */
export function nearest({ times, mean }: Pick<Columns, 'times' | 'mean'>, at: number): number {
  let found = -1
  let distance = Infinity
  times.forEach((time, place) => {
    if (!isNumber(mean[place]) || Math.abs(time - at) >= distance) return
    found = place
    distance = Math.abs(time - at)
  })
  return found
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
