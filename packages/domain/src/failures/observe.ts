/** What one signal did around an alarm. */
export interface Observed {
  readonly signalKey: string
  /** Median slope in the signal's unit per hour; null with fewer than `fewest` values. */
  readonly perHour: number | null
  /** The least slope that can be told from noise over the span looked at, in the signal's unit per hour. */
  readonly noisePerHour: number
}

export interface ObservedTrend {
  readonly signalKey: string
  readonly times: readonly number[]
  readonly mean: readonly (number | null)[]
}

const fewest = 5
/** Pairs grow with the square; sixty points show a slope as well as six hundred. */
const most = 60
const hourMs = 3_600_000

/**
 * Slope of a trend between two moments: Theil–Sen, the median over all pairs of points, which a few wild values cannot move
 * (Sen 1968, doi:10.1080/01621459.1968.10480934). The noise is the median absolute deviation from that line.
 */
export function observe(
  { signalKey, times, mean }: ObservedTrend,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Observed {
  const points = thin(pointsBetween(times, mean, fromMs, toMs))
  if (points.length < fewest) return { signalKey, perHour: null, noisePerHour: 0 }
  const slopes: number[] = []
  points.forEach(([at, value], index) => {
    for (const [laterAt, laterValue] of points.slice(index + 1)) slopes.push((laterValue - value) / (laterAt - at))
  })
  const perMs = median(slopes)
  const intercept = median(points.map(([at, value]) => value - perMs * at))
  const deviation = median(points.map(([at, value]) => Math.abs(value - perMs * at - intercept)))
  const spanMs = (points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0)
  return { signalKey, perHour: perMs * hourMs, noisePerHour: (2 * deviation * hourMs) / Math.max(1, spanMs) }
}

/** Times are counted from the first point, so that epoch milliseconds do not eat the digits of the slope. */
function pointsBetween(times: readonly number[], mean: readonly (number | null)[], fromMs: number, toMs: number) {
  return times.flatMap((at, index): [number, number][] => {
    const value = mean[index] ?? null
    return value === null || at < fromMs || at > toMs ? [] : [[at - fromMs, value]]
  })
}

function thin<T>(points: readonly T[]): readonly T[] {
  if (points.length <= most) return points
  const stride = points.length / most
  return Array.from({ length: most }, (_, index) => points[Math.floor(index * stride)]).filter(
    (point): point is T => point !== undefined,
  )
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
