import type { History } from '@fettle/contracts/telemetry'
import { QUALITY } from '@fettle/contracts/uplink'
import type { Db } from '@fettle/db/client'
import { bucketGrid, checkSpan, type BucketGrid } from '../bucket-grid.ts'
import type { RawReadings, Span } from '../store.ts'
import { leastReadings, planHistory, type ChunkHeader } from './history-plan.ts'
import { chunkHeaders, openedParts, rawReadings, seriesOf, type BucketPart } from './read-chunks.ts'

/** See `TelemetryStore.history`. */
export async function readHistory(db: Db, query: Span & { readonly buckets: number }): Promise<History> {
  const { buckets, ...span } = query
  checkSpan(span, buckets)
  const series = await seriesOf(db, span.signalId)
  if (series === undefined) return asRaw(span, { times: [], values: [], qualities: [] })

  const chunks = await chunkHeaders(db, series, span)
  if (leastReadings(chunks, span) <= buckets) {
    const raw = await rawReadings(db, series, span, buckets + 1)
    if (raw.times.length <= buckets) return asRaw(span, raw)
  }
  const grid = bucketGrid(span, buckets)
  const plan = planHistory(chunks, span, grid)
  const opened = await openedParts(db, series, span, grid, plan)
  return asBuckets(span, grid, [...plan.whole.map((chunk) => partOf(chunk, grid)), ...opened])
}

function partOf(chunk: ChunkHeader, { startMs, bucketMs }: BucketGrid): BucketPart {
  return { ...chunk, bucket: Math.floor((chunk.firstMs - startMs) / bucketMs) }
}

function asRaw({ signalId, fromMs, toMs }: Span, { times, values, qualities }: RawReadings): History {
  const counted = values.map((value, i) => ((qualities[i] ?? QUALITY.bad) < QUALITY.bad ? value : null))
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
  }
}

function asBuckets({ signalId, fromMs, toMs }: Span, grid: BucketGrid, parts: readonly BucketPart[]): History {
  const { startMs, bucketMs, count: length } = grid
  const column = <T>(initial: T): T[] => Array.from({ length }, () => initial)
  const counts = column(0)
  const totals = column(0)
  const min = column<number | null>(null)
  const max = column<number | null>(null)
  const quality = column(0)
  for (const { bucket, count, minimum, maximum, total, worstQuality } of parts) {
    quality[bucket] = Math.max(quality[bucket] ?? 0, worstQuality)
    if (count === 0 || minimum === null || maximum === null) continue
    counts[bucket] = (counts[bucket] ?? 0) + count
    totals[bucket] = (totals[bucket] ?? 0) + total
    min[bucket] = Math.min(min[bucket] ?? Infinity, minimum)
    max[bucket] = Math.max(max[bucket] ?? -Infinity, maximum)
  }
  const times = Array.from({ length }, (_, bucket) => startMs + bucket * bucketMs)
  const mean = counts.map((count, bucket) => (count === 0 ? null : (totals[bucket] ?? 0) / count))
  return { signalId, from: fromMs, to: toMs, kind: 'buckets', bucketMs, times, min, mean, max, quality }
}
