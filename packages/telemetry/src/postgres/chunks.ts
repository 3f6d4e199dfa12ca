import type { EntryAsset } from '../log-entry.ts'
import type { PositionedEntry } from '../store.ts'

/** A row of `telemetry_chunks`: readings of one series within one hour, ascending in time, no time twice. */
export interface Chunk {
  readonly series: number
  /** As of its first reading. */
  readonly asset: EntryAsset
  /** Of the newest entry in it. */
  readonly position: number
  readonly times: readonly number[]
  /** NaN where there is no value. */
  readonly values: readonly number[]
  readonly qualities: readonly number[]
}

/** Over the readings that are not bad: how many, least, greatest and sum. `minimum` and `maximum` are null when there is none. */
export interface ChunkSummary {
  readonly count: number
  readonly minimum: number | null
  readonly maximum: number | null
  readonly total: number
  readonly worstQuality: number
}

/** The newest reading in time of one series. */
export interface Newest {
  readonly series: number
  readonly atMs: number
  /** NaN where there is none. */
  readonly value: number
  /** Of text signals only. */
  readonly text?: string | null
  readonly quality: number
  readonly position: number
}

export const hourMs = 3_600_000

/** More than the hours until the year 10,000, so that series and hour make one number: 31 + 22 bits, which a double holds. */
const hoursPerSeries = 2 ** 22

interface Growing {
  series: number
  asset: EntryAsset
  position: number
  times: number[]
  values: number[]
  qualities: number[]
  /** False as soon as a reading does not come after the one before. */
  ascending: boolean
}

/**
 * Sorts the numbers among the readings of entries, which are in order of position within each partition, into chunks by series and hour, in order
 * of series. Where readings share a time the last one wins.
 */
export function chunksOf(entries: readonly PositionedEntry[]): Chunk[] {
  const growing = new Map<number, Growing>()
  for (const { position, entry } of entries) {
    const { series, timesMs, values, qualities, texts } = entry
    for (let i = 0; i < series.length; i++) {
      if (texts?.has(i)) continue
      const at = timesMs[i] ?? NaN
      const key = (series[i] ?? 0) * hoursPerSeries + Math.floor(at / hourMs)
      let chunk = growing.get(key)
      if (!chunk) {
        chunk = {
          series: series[i] ?? 0,
          asset: entry,
          position,
          times: [],
          values: [],
          qualities: [],
          ascending: true,
        }
        growing.set(key, chunk)
      } else if (at <= (chunk.times.at(-1) ?? -Infinity)) {
        chunk.ascending = false
      }
      chunk.position = position
      chunk.times.push(at)
      chunk.values.push(values[i] ?? NaN)
      chunk.qualities.push(qualities[i] ?? 0)
    }
  }
  const chunks = [...growing.values()].map((chunk) => (chunk.ascending ? chunk : inOrder(chunk)))
  // One order of locking for all writers.
  return chunks.sort((a, b) => a.series - b.series)
}

function inOrder(chunk: Growing): Chunk {
  const { times } = chunk
  const order = times.map((_, i) => i)
  order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b)
  const kept = order.filter((index, i) => times[index] !== times[order[i + 1] ?? -1])
  const pick = (column: readonly number[]) => kept.map((index) => column[index] ?? NaN)
  return { ...chunk, times: pick(times), values: pick(chunk.values), qualities: pick(chunk.qualities) }
}

export function summaryOf({ values, qualities }: Chunk): ChunkSummary {
  let count = 0
  let minimum = Infinity
  let maximum = -Infinity
  let total = 0
  let worstQuality = 0
  for (let i = 0; i < values.length; i++) {
    const quality = qualities[i] ?? 0
    const value = values[i] ?? NaN
    if (quality > worstQuality) worstQuality = quality
    if (quality >= 2 || Number.isNaN(value)) continue
    count++
    total += value
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const none = count === 0
  return { count, minimum: none ? null : minimum, maximum: none ? null : maximum, total, worstQuality }
}

/** One for each series of `chunks`. */
export function newestOf(chunks: readonly Chunk[]): Newest[] {
  const newest = new Map<number, Newest>()
  for (const { series, position, times, values, qualities } of chunks) {
    const last = times.length - 1
    const atMs = times[last] ?? 0
    if (atMs <= (newest.get(series)?.atMs ?? -Infinity)) continue
    newest.set(series, { series, atMs, value: values[last] ?? NaN, quality: qualities[last] ?? 0, position })
  }
  return [...newest.values()]
}
