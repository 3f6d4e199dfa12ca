import type { Database } from '@fettle/db/client'
import { checkSpan } from '../bucket-grid.ts'
import { RAW_MAX_READINGS, StoreError, type TelemetryStore } from '../store.ts'
import { readHistory } from './history.ts'
import { changesSince, latestOf } from './latest.ts'
import { expireChunks, packHours } from './packing.ts'
import { rawReadings, seriesOf } from './read-chunks.ts'
import { writeEntries } from './write-chunks.ts'

export interface PostgresStoreOptions {
  /** Migrated. */
  database: Pick<Database, 'db'>
  /** Readings older than this are deleted by `maintain`; default: none ever. */
  retainMs?: number
  /** An hour is packed when it ended this long ago, so that stragglers need no second packing; default 10 min. */
  packAfterMs?: number
}

/** Hours and rows of one transaction of `maintain`: some tenths of a second at a reading a second. */
const hoursAtOnce = 20
const rowsAtOnce = 1_000

/** Telemetry as chunk rows in PostgreSQL, beside everything else; see `packages/db/src/schema/telemetry.ts`. */
export function createPostgresStore(options: PostgresStoreOptions): TelemetryStore {
  const { retainMs = Infinity, packAfterMs = 10 * 60_000 } = options
  const { db } = options.database

  return {
    async write(entries, alongside) {
      await db.transaction(async (tx) => {
        await writeEntries(tx, entries)
        await alongside?.(tx)
      })
    },
    history: (query) => readHistory(db, query),
    async raw(span) {
      checkSpan(span)
      const series = await seriesOf(db, span.signalId)
      if (series === undefined) return { times: [], values: [], qualities: [] }
      const readings = await rawReadings(db, series, span, RAW_MAX_READINGS + 1)
      if (readings.times.length > RAW_MAX_READINGS) {
        throw new StoreError(
          'store/too-many',
          `more than ${RAW_MAX_READINGS} readings from ${span.fromMs} to ${span.toMs}`,
        )
      }
      return readings
    },
    latest: (signalIds) => latestOf(db, signalIds),
    latestSince: (cursor) => changesSince(db, cursor),
    async maintain(nowMs, signal) {
      const packed = await repeated((limit) => packHours(db, nowMs - packAfterMs, limit), hoursAtOnce, signal)
      const expired = Number.isFinite(retainMs)
        ? await repeated((limit) => expireChunks(db, nowMs - retainMs, limit), rowsAtOnce, signal)
        : 0
      return { packed, expired }
    },
  }
}

/** Repeats a chore until it finds less than its limit to do. */
async function repeated(
  chore: (limit: number) => Promise<number>,
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  let total = 0
  while (!signal.aborted) {
    const done = await chore(limit)
    total += done
    if (done < limit) break
  }
  return total
}
