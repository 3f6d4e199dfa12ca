import type { History, LatestValue } from '@fettle/contracts/telemetry'
import type { Tx } from '@fettle/db/client'
import type { LogEntry } from './log-entry.ts'

/** A log entry with its place in its partition; an asset, and so a signal, is always in the same partition. */
export interface PositionedEntry {
  readonly position: number
  readonly entry: LogEntry
}

/** Readings of one signal with `fromMs <= time < toMs`, UTC epoch ms. */
export interface Span {
  readonly signalId: string
  readonly fromMs: number
  readonly toMs: number
}

/** Columns of one length, ascending in time, no time twice. */
export interface RawReadings {
  readonly times: number[]
  /** Null where a bad reading carried no value, and of a text signal; the doubtful value of a bad reading is here. */
  readonly values: (number | null)[]
  /** Of text signals only; null where a bad reading carried none. */
  readonly texts?: (string | null)[]
  /** 0 good, 1 uncertain, 2 bad. */
  readonly qualities: number[]
}

export interface LatestOfAsset extends LatestValue {
  readonly assetId: string
}

export interface LatestChanges {
  /** Pass it to the next call. */
  readonly cursor: string
  readonly values: LatestOfAsset[]
}

/** A reading that the store can never take, however often it is tried. */
export interface UnstorableReading {
  readonly entry: LogEntry
  /** Of the reading in the entry's columns. */
  readonly place: number
  /** The store's own words, for the person who has to mend it. */
  readonly detail: string
}

/** Runs in the transaction that ends a writing; what could not be stored must be kept there, or it is lost. */
export type Alongside = (tx: Tx, unstorable: readonly UnstorableReading[]) => Promise<void>

/**
 * Where telemetry lives. Adapters pass `test/conformance.ts`.
 *
 * A signal has one reading for each time: where several arrived, the one with the highest log position counts, and within one
 * entry the last.
 */
export interface TelemetryStore {
  /**
   * Stores entries of one or more partitions, those of a partition in order of position; resolves when they are durable. Writing
   * again, from any entry on to the newest, changes nothing. `alongside` runs in the transaction that makes them visible (or, in
   * a store without transactions, after them in one of PostgreSQL), so that a consumer's position never runs ahead. It is
   * handed what can never be stored; without it such readings reject with `store/refused`, after the others are stored.
   */
  write(entries: readonly PositionedEntry[], alongside?: Alongside): Promise<void>

  /**
   * A trend: each reading as it came when there are at most `buckets` (1 to 1,000) of them, otherwise min, mean and max of equal
   * spans as `bucketGrid` lays them. A bad reading counts in none of the three, but shows in the quality, as does a doubtful one
   * that counts. A bucket without readings is null with quality 0. Of a text signal a bucket shows its newest text that is
   * not bad, so what came and went within a bucket is seen only in a narrower span. Rejects with `store/bad-span`.
   */
  history(query: Span & { readonly buckets: number }): Promise<History>

  /** Every reading of a span, for evidence. Rejects with `store/bad-span` and, above `RAW_MAX_READINGS`, `store/too-many`. */
  raw(span: Span): Promise<RawReadings>

  /** The newest reading in time of each signal that has one, in any order; what was written late never replaces a newer one. */
  latest(signalIds: readonly string[]): Promise<LatestValue[]>

  /** The latest values written since the cursor's call, some perhaps again; with null only a cursor to begin with. */
  latestSince(cursor: string | null): Promise<LatestChanges>

  /** Chores such as packing and retention; call it now and then, from one process at a time. `signal` ends it between two steps. */
  maintain(nowMs: number, signal: AbortSignal): Promise<MaintenanceReport>
}

export interface MaintenanceReport {
  /** Hours of a signal that were rewritten as one row. */
  readonly packed: number
  /** Rows that retention deleted. */
  readonly expired: number
}

/** A day at ten readings a second is below it. */
export const RAW_MAX_READINGS = 1_000_000

/**
 * - `store/bad-span`: times that are not integers, an end that is not after the beginning, or a number of buckets out of bounds.
 * - `store/too-many`: more raw readings than anybody can want at once.
 * - `store/refused`: readings that can never be stored, and nobody who takes them back.
 */
export type StoreErrorCode = 'store/bad-span' | 'store/too-many' | 'store/refused'

export class StoreError extends Error {
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}

/** Passes on what was read with a limit of one more than `RAW_MAX_READINGS`; throws `store/too-many` when it got that many. */
export function checkRaw({ fromMs, toMs }: Span, readings: RawReadings): RawReadings {
  if (readings.times.length <= RAW_MAX_READINGS) return readings
  throw new StoreError('store/too-many', `more than ${RAW_MAX_READINGS} readings from ${fromMs} to ${toMs}`)
}
