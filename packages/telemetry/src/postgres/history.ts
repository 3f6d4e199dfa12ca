import type { History } from '@fettle/contracts/telemetry'
import type { Db } from '@fettle/db/client'
import { bucketGrid, checkSpan, type BucketGrid } from '../bucket-grid.ts'
import { emptyBuckets, rawHistory, textBuckets } from '../history-columns.ts'
import { findSignal } from '../signal-series.ts'
import type { Span } from '../store.ts'
import { leastReadings, planHistory, type ChunkHeader } from './history-plan.ts'
import { chunkHeaders, openedParts, rawReadings, type BucketPart } from './read-chunks.ts'
import { rawTexts, textParts } from './read-texts.ts'

/** See `TelemetryStore.history`. */
export async function readHistory(db: Db, query: Span & { readonly buckets: number }): Promise<History> {
  const { buckets, ...span } = query
  checkSpan(span, buckets)
  const signal = await findSignal(db, span.signalId)
  if (!signal) return rawHistory(span, { times: [], values: [], qualities: [] })
  const { series } = signal
  if (signal.kind === 'text') return textHistory(db, series, span, buckets)

  const chunks = await chunkHeaders(db, series, span)
  if (leastReadings(chunks, span) <= buckets) {
    const raw = await rawReadings(db, series, span, buckets + 1)
    if (raw.times.length <= buckets) return rawHistory(span, raw)
  }
  const grid = bucketGrid(span, buckets)
  const plan = planHistory(chunks, span, grid)
  const opened = await openedParts(db, series, span, grid, plan)
  return numberBuckets(span, grid, [...plan.whole.map((chunk) => partOf(chunk, grid)), ...opened])
}

async function textHistory(db: Db, series: number, span: Span, buckets: number): Promise<History> {
  const raw = await rawTexts(db, series, span, buckets + 1)
  if (raw.times.length <= buckets) return rawHistory(span, raw)
  const grid = bucketGrid(span, buckets)
  return textBuckets(span, grid, await textParts(db, series, span, grid))
}

function partOf(chunk: ChunkHeader, { startMs, bucketMs }: BucketGrid): BucketPart {
  return { ...chunk, bucket: Math.floor((chunk.firstMs - startMs) / bucketMs) }
}

function numberBuckets(span: Span, grid: BucketGrid, parts: readonly BucketPart[]): History {
  const buckets = emptyBuckets(span, grid)
  const { min, max, quality } = buckets
  const counts = new Float64Array(grid.count)
  const totals = new Float64Array(grid.count)
  for (const { bucket, count, minimum, maximum, total, worstQuality } of parts) {
    quality[bucket] = Math.max(quality[bucket] ?? 0, worstQuality)
    if (count === 0 || minimum === null || maximum === null) continue
    counts[bucket] = (counts[bucket] ?? 0) + count
    totals[bucket] = (totals[bucket] ?? 0) + total
    min[bucket] = Math.min(min[bucket] ?? Infinity, minimum)
    max[bucket] = Math.max(max[bucket] ?? -Infinity, maximum)
  }
  const mean = Array.from(counts, (count, bucket) => (count === 0 ? null : (totals[bucket] ?? 0) / count))
  return { ...buckets, mean }
}
