import { HISTORY_MAX_BUCKETS } from '@fettle/contracts/telemetry'
import { StoreError, type Span } from './store.ts'

/** `count` spans of `bucketMs`, the first beginning at `startMs`, which is at or shortly before the beginning of the query. */
export interface BucketGrid {
  readonly startMs: number
  readonly bucketMs: number
  readonly count: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Divisors of an hour that people count in. */
const widths = [
  [1, 2, 5, 10, 20, 50, 100, 200, 500],
  [1, 2, 5, 10, 15, 30].map((n) => n * second),
  [1, 2, 5, 10, 15, 30].map((n) => n * minute),
  [hour],
].flat()

/**
 * The finest grid that covers a span with at most `buckets` buckets: widths that divide an hour lie on the epoch, so a chart that
 * is panned keeps its buckets; wider ones are whole hours and begin with one, so that hourly summaries suffice.
 */
export function bucketGrid({ fromMs, toMs }: Pick<Span, 'fromMs' | 'toMs'>, buckets: number): BucketGrid {
  for (const bucketMs of widths) {
    const startMs = Math.floor(fromMs / bucketMs) * bucketMs
    const count = Math.ceil((toMs - startMs) / bucketMs)
    if (count <= buckets) return { startMs, bucketMs, count }
  }
  const startMs = Math.floor(fromMs / hour) * hour
  const bucketMs = Math.ceil((toMs - startMs) / buckets / hour) * hour
  return { startMs, bucketMs, count: Math.ceil((toMs - startMs) / bucketMs) }
}

/** Throws `store/bad-span` with a sentence for a person. */
export function checkSpan({ fromMs, toMs }: Span, buckets = 1): void {
  if (!Number.isSafeInteger(fromMs) || !Number.isSafeInteger(toMs)) {
    throw new StoreError('store/bad-span', `from ${fromMs} to ${toMs}: both must be integers of epoch milliseconds`)
  }
  if (toMs <= fromMs)
    throw new StoreError('store/bad-span', `the span ends at ${toMs}, not after its beginning ${fromMs}`)
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > HISTORY_MAX_BUCKETS) {
    throw new StoreError('store/bad-span', `${buckets} buckets: 1 to ${HISTORY_MAX_BUCKETS} can be asked for`)
  }
}
