import type { History } from '@fettle/contracts/telemetry'
import { QUALITY } from '@fettle/contracts/uplink'
import type { BucketGrid } from './bucket-grid.ts'
import type { RawReadings, Span } from './store.ts'

/** Each reading as it came; bad ones show only in the quality. */
export function rawHistory({ signalId, fromMs, toMs }: Span, readings: RawReadings): History {
  const { times, values, qualities, texts } = readings
  const isCounted = (i: number) => (qualities[i] ?? QUALITY.bad) < QUALITY.bad
  const counted = values.map((value, i) => (isCounted(i) ? value : null))
  return {
    signalId,
    from: fromMs,
    to: toMs,
    kind: 'raw',
    bucketMs: null,
    times: [...times],
    min: counted,
    mean: [...counted],
    max: [...counted],
    quality: [...qualities],
    ...(texts && { texts: texts.map((text, i) => (isCounted(i) ? text : null)) }),
  }
}

/** The columns of a grid's buckets, all of them empty. */
export function emptyBuckets({ signalId, fromMs, toMs }: Span, { startMs, bucketMs, count: length }: BucketGrid) {
  const column = <T>(initial: T): T[] => Array.from({ length }, () => initial)
  return {
    signalId,
    from: fromMs,
    to: toMs,
    kind: 'buckets' as const,
    bucketMs,
    times: Array.from({ length }, (_, bucket) => startMs + bucket * bucketMs),
    min: column<number | null>(null),
    mean: column<number | null>(null),
    max: column<number | null>(null),
    quality: column(0),
  } satisfies History
}

/** What falls into one bucket of a text signal. */
export interface TextPart {
  readonly bucket: number
  /** The newest that is not bad; null when there is none. */
  readonly text: string | null
  readonly worstQuality: number
}

/** `parts` have at most one for each bucket. */
export function textBuckets(span: Span, grid: BucketGrid, parts: readonly TextPart[]): History {
  const buckets = emptyBuckets(span, grid)
  const texts: (string | null)[] = buckets.times.map(() => null)
  for (const { bucket, text, worstQuality } of parts) {
    texts[bucket] = text
    buckets.quality[bucket] = worstQuality
  }
  return { ...buckets, texts }
}
