import type { Database } from '@fettle/db/client'
import { checkSpan } from '../bucket-grid.ts'
import { findSignal } from '../signal-series.ts'
import { checkRaw, RAW_MAX_READINGS, type TelemetryStore } from '../store.ts'
import { readHistory } from './history.ts'
import { changesSince, latestOf } from './latest.ts'
import { expireChunks, packHours } from './packing.ts'
import { rawReadings } from './read-chunks.ts'
import { expireTexts, rawTexts } from './read-texts.ts'
import { writeEntries } from './write-entries.ts'

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
        await alongside?.(tx, []) // PostgreSQL takes whatever ingest lets through
      })
    },
    history: (query) => readHistory(db, query),
    async raw(span) {
      checkSpan(span)
      const signal = await findSignal(db, span.signalId)
      if (!signal) return { times: [], values: [], qualities: [] }
      const read = signal.kind === 'text' ? rawTexts : rawReadings
      return checkRaw(span, await read(db, signal.series, span, RAW_MAX_READINGS + 1))
    },
    latest: (signalIds) => latestOf(db, signalIds),
    latestSince: (cursor) => changesSince(db, cursor),
    async maintain(nowMs, signal) {
      const packed = await repeated((limit) => packHours(db, nowMs - packAfterMs, limit), hoursAtOnce, signal)
      if (!Number.isFinite(retainMs)) return { packed, expired: 0 }
      const beforeMs = nowMs - retainMs
      const chunks = await repeated((limit) => expireChunks(db, beforeMs, limit), rowsAtOnce, signal)
      const texts = await repeated((limit) => expireTexts(db, beforeMs, limit), rowsAtOnce, signal)
      return { packed, expired: chunks + texts }
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
