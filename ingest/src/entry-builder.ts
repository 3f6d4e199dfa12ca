import type { EntrySource, LogEntry, ReadingColumns } from '@fettle/telemetry/log-entry'
import type { KnownAsset } from './known-asset.ts'

/** Gathers the readings of one asset in columns, which grow beyond `capacity` when they must. */
export function entryBuilder(asset: KnownAsset, capacity: number) {
  let columns = columnsFor(capacity)
  let texts: Map<number, string | null> | undefined
  let count = 0

  return {
    asset,
    get count() {
      return count
    },
    /** A value of null is kept as NaN, booleans as 1 and 0. */
    add(series: number, tsMs: number, value: number | boolean | null, quality: number): void {
      if (count === columns.series.length) columns = grown(columns)
      columns.series[count] = series
      columns.timesMs[count] = tsMs
      columns.values[count] = value === null ? NaN : Number(value)
      columns.qualities[count] = quality
      count++
    },
    /** A reading of a text signal; null where a bad one carried none. */
    addText(series: number, tsMs: number, text: string | null, quality: number): void {
      texts ??= new Map()
      texts.set(count, text)
      this.add(series, tsMs, null, quality)
    },
    entry(source: EntrySource, receivedAtMs: number): LogEntry {
      const { assetId, customerId, siteId, modelId } = asset
      return {
        assetId,
        customerId,
        siteId,
        modelId,
        receivedAtMs,
        source,
        series: columns.series.subarray(0, count),
        timesMs: columns.timesMs.subarray(0, count),
        values: columns.values.subarray(0, count),
        qualities: columns.qualities.subarray(0, count),
        ...(texts && { texts }),
      }
    },
  }
}

export type EntryBuilder = ReturnType<typeof entryBuilder>

function columnsFor(capacity: number): ReadingColumns {
  return {
    series: new Int32Array(capacity),
    timesMs: new Float64Array(capacity),
    values: new Float64Array(capacity),
    qualities: new Uint8Array(capacity),
  }
}

function grown(old: ReadingColumns): ReadingColumns {
  const wider = columnsFor(Math.max(16, old.series.length * 2))
  wider.series.set(old.series)
  wider.timesMs.set(old.timesMs)
  wider.values.set(old.values)
  wider.qualities.set(old.qualities)
  return wider
}
