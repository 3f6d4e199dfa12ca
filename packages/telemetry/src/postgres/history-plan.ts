import type { BucketGrid } from '../bucket-grid.ts'
import type { ChunkSummary } from './chunks.ts'

/** A chunk without its arrays. */
export interface ChunkHeader extends ChunkSummary {
  readonly firstMs: number
  readonly lastMs: number
  readonly position: number
  readonly readings: number
  readonly hasMinutes: boolean
}

/** How each chunk of a span gives its share: the less it has to be opened, the better. */
export interface HistoryPlan {
  /** Wholly in one bucket: its own summary will do. */
  readonly whole: readonly ChunkHeader[]
  /** The summaries of its minutes will do. */
  readonly byMinute: readonly ChunkHeader[]
  /** To be read, but nothing else has readings of its time. */
  readonly alone: readonly ChunkHeader[]
  /** To be read together, because two of them may have readings of one time. */
  readonly overlapping: readonly ChunkHeader[]
}

const minuteMs = 60_000

/** `chunks` are all that touch the span from `fromMs` up to `toMs`, in order of their beginning. */
export function planHistory(
  chunks: readonly ChunkHeader[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  { startMs, bucketMs }: BucketGrid,
): HistoryPlan {
  const plan = { whole: [], byMinute: [], alone: [], overlapping: [] } as Record<keyof HistoryPlan, ChunkHeader[]>
  const bucketOf = (atMs: number) => Math.floor((atMs - startMs) / bucketMs)
  for (const group of overlaps(chunks)) {
    const [chunk, ...others] = group
    if (!chunk) continue
    const inside = chunk.firstMs >= fromMs && chunk.lastMs < toMs
    if (others.length > 0) plan.overlapping.push(...group)
    else if (inside && bucketOf(chunk.firstMs) === bucketOf(chunk.lastMs)) plan.whole.push(chunk)
    else if (inside && chunk.hasMinutes && bucketMs >= minuteMs) plan.byMinute.push(chunk)
    else plan.alone.push(chunk)
  }
  return plan
}

/** A number of readings that the span certainly has: chunks that overlap may hold the same ones. */
export function leastReadings(chunks: readonly ChunkHeader[], span: { fromMs: number; toMs: number }): number {
  let least = 0
  for (const group of overlaps(chunks)) {
    const inside = group.filter(({ firstMs, lastMs }) => firstMs >= span.fromMs && lastMs < span.toMs)
    least += inside.reduce((most, { readings }) => Math.max(most, readings), 0)
  }
  return least
}

/** Splits chunks, ordered by beginning, where none reaches over. */
function overlaps(chunks: readonly ChunkHeader[]): ChunkHeader[][] {
  const groups: ChunkHeader[][] = []
  let endMs = -Infinity
  for (const chunk of chunks) {
    if (chunk.firstMs > endMs) groups.push([])
    groups.at(-1)?.push(chunk)
    endMs = Math.max(endMs, chunk.lastMs)
  }
  return groups
}
