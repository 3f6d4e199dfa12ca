import type { EntryAsset } from '../log-entry.ts'
import type { PositionedEntry } from '../store.ts'
import type { Newest } from './chunks.ts'

/** A row of `telemetry_texts`. */
export interface TextReading {
  readonly series: number
  readonly asset: EntryAsset
  readonly atMs: number
  /** Null where a bad reading carried none. */
  readonly text: string | null
  readonly quality: number
  readonly position: number
}

/** The texts among the readings of entries, in order of series and time; of two at one time the last that came. */
export function textReadingsOf(entries: readonly PositionedEntry[]): TextReading[] {
  const byTime = new Map<string, TextReading>()
  for (const { position, entry } of entries) {
    for (const [place, text] of entry.texts ?? []) {
      const series = entry.series[place] ?? 0
      const atMs = entry.timesMs[place] ?? NaN
      const quality = entry.qualities[place] ?? 0
      byTime.set(`${series} ${atMs}`, { series, asset: entry, atMs, text, quality, position })
    }
  }
  // One order of locking for all writers.
  return [...byTime.values()].sort((a, b) => a.series - b.series || a.atMs - b.atMs)
}

/** One for each series of `readings`, which are in order of series and time. */
export function newestTextsOf(readings: readonly TextReading[]): Newest[] {
  const last = readings.filter(({ series }, i) => series !== readings[i + 1]?.series)
  return last.map(({ asset: _, ...reading }) => ({ ...reading, value: NaN }))
}
