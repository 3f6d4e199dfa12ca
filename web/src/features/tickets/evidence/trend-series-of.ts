import type { EvidenceTrend } from '@fettle/contracts/evidence'
import type { TrendSeries } from '../../../design/charts/trend-series.ts'

/**
 * A trend as the API froze it, as the charts take it; `name` in the viewer's language. `words` names the codes of a
 * signal that tells states: their mean is none, so of a stretch the gravest state is drawn.
 */
export function seriesOf(trend: EvidenceTrend, name: string, words?: (code: number) => string): TrendSeries {
  const { signalKey, unit, decimals, times, min, mean, max, limits } = trend
  const columns = { key: signalKey, name, unit, decimals, times, min, max, limits }
  return words ? { ...columns, mean: max, words } : { ...columns, mean }
}

/** Up to when the curves tell anything, epoch ms; null where nothing came. */
export function toldUntil(series: readonly Pick<TrendSeries, 'times'>[]): number | null {
  const last = series.flatMap(({ times }) => times.at(-1) ?? [])
  return last.length === 0 ? null : Math.max(...last)
}
