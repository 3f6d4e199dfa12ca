import { QUALITY } from '@fettle/contracts/uplink'
import { useEffect, useState } from 'react'
import type { TrendSeries } from '../../design/charts/trend-series.ts'
import { watchSignal } from '../../live/live-values.ts'

interface Tail {
  readonly times: number[]
  readonly values: (number | null)[]
}
export type Tails = ReadonlyMap<string, Tail>

/** Longer than any live window waits between two questions. */
const KEEP_POINTS = 4_000
const DROP_POINTS = 1_000
const REDRAW_MS = 1_000

/** The live values of these signals since the hook began; renders again at most once a second. */
export function useLiveTails(signalIds: readonly string[]): Tails {
  const [shown, show] = useState<Tails>(() => new Map())
  const names = signalIds.join(' ')
  useEffect(() => {
    const tails = new Map(names.split(' ').map((signalId) => [signalId, emptyTail()]))
    let timer: ReturnType<typeof setTimeout> | undefined
    const stops = Array.from(tails, ([signalId, tail]) =>
      watchSignal(signalId, ({ at, value, quality }) => {
        tail.times.push(at)
        tail.values.push(quality === QUALITY.bad ? null : value)
        if (tail.times.length > KEEP_POINTS)
          for (const column of [tail.times, tail.values]) column.splice(0, DROP_POINTS)
        timer ??= setTimeout(() => {
          timer = undefined
          show(new Map(tails))
        }, REDRAW_MS)
      }),
    )
    return () => {
      for (const stop of stops) stop()
      clearTimeout(timer)
    }
  }, [names])
  return shown
}

const emptyTail = (): Tail => ({ times: [], values: [] })

/** A series with what arrived after its last point. */
export function withTail(series: TrendSeries, tail: Tail | undefined): TrendSeries {
  const last = series.times.at(-1) ?? -Infinity
  const begin = tail ? tail.times.findIndex((time) => time > last) : -1
  if (!tail || begin < 0) return series
  const values = tail.values.slice(begin)
  return {
    ...series,
    times: [...series.times, ...tail.times.slice(begin)],
    min: [...series.min, ...values],
    mean: [...series.mean, ...values],
    max: [...series.max, ...values],
  }
}
