import type { Span, TelemetryStore } from '@fettle/telemetry/store'

/** The time of the oldest reading of any of the signals in a span, epoch ms; Infinity when there is none. */
export async function oldestReading(
  store: Pick<TelemetryStore, 'history' | 'raw'>,
  signalIds: readonly string[],
  { fromMs, toMs }: Omit<Span, 'signalId'>,
): Promise<number> {
  let oldest = Number.POSITIVE_INFINITY
  for (const signalId of signalIds) oldest = Math.min(oldest, await oldestOf(store, { signalId, fromMs, toMs }))
  return oldest
}

const buckets = 500

/** First where the trend begins, then exactly. */
async function oldestOf(store: Pick<TelemetryStore, 'history' | 'raw'>, span: Span): Promise<number> {
  const { kind, times, mean, quality, bucketMs } = await store.history({ ...span, buckets })
  if (kind === 'raw') return times[0] ?? Number.POSITIVE_INFINITY
  const first = mean.findIndex((value, index) => value !== null || quality[index] !== 0)
  const startMs = times[first]
  if (startMs === undefined || bucketMs === null) return Number.POSITIVE_INFINITY
  const { times: exact } = await store.raw({ ...span, fromMs: startMs, toMs: Math.ceil(startMs + bucketMs) })
  return exact[0] ?? startMs
}
