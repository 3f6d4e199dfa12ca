import type { EvidenceTrend } from '@fettle/contracts/evidence'
import type { TrendSeries } from '../../../design/charts/trend-series.ts'

/** A trend as the API froze it, as the charts take it; `name` in the viewer's language. */
export function seriesOf(trend: EvidenceTrend, name: string): TrendSeries {
  const { signalKey, unit, decimals, times, min, mean, max, limits } = trend
  return { key: signalKey, name, unit, decimals, times, min, mean, max, limits }
}
