import type { Database } from '@fettle/db/client'
import { bucketGrid, checkSpan } from '../bucket-grid.ts'
import { rawHistory } from '../history-columns.ts'
import type { Newest } from '../postgres/chunks.ts'
import { changesSince, latestOf, upsertLatest } from '../postgres/latest.ts'
import { findSignal } from '../signal-series.ts'
import { checkRaw, RAW_MAX_READINGS, StoreError, type TelemetryStore, type UnstorableReading } from '../store.ts'
import { createLineWriter, type LineWriterOptions } from './line-writer.ts'
import { createMirrors } from './mirrors.ts'
import { newestOfPoints, pointsOf, runsOfTags, unstorableOf } from './points.ts'
import { readBuckets, readPoints } from './read-points.ts'
import type { InfluxSettings } from './settings.ts'
import { signalIds } from './signal-ids.ts'

export interface InfluxStoreOptions extends LineWriterOptions {
  /** Migrated: signals and the latest values stay in PostgreSQL. */
  database: Pick<Database, 'db'>
  influx: InfluxSettings
}

export interface InfluxStore extends TelemetryStore {
  /** Lets go of the connections. */
  close(): void
}

/**
 * History in InfluxDB, the newest value of each signal in PostgreSQL, where a live screen finds what changed in one query. A
 * database that is ready is `prepareInflux`'s to see to. Besides `StoreError` everything rejects with `InfluxError`.
 */
export function createInfluxStore(options: InfluxStoreOptions): InfluxStore {
  const { influx } = options
  const { db } = options.database
  const writer = createLineWriter(influx, options)
  const mirrors = createMirrors(db, influx, options)
  const idsFor = signalIds(db)

  return {
    async write(entries, alongside) {
      const signalIdOf = await idsFor(entries)
      const written: { newest: Newest[]; unstorable: UnstorableReading[] }[] = []
      for (const run of runsOfTags(entries)) {
        const { points, refused: nameless } = pointsOf(run, signalIdOf)
        const refused = [...nameless, ...(await writer.write(points))]
        await mirrors.write(points)
        written.push({ newest: newestOfPoints(points, refused), unstorable: unstorableOf(run, refused) })
      }
      const unstorable = written.flatMap((each) => each.unstorable)
      await db.transaction(async (tx) => {
        for (const { newest } of written) await upsertLatest(tx, newest)
        await alongside?.(tx, unstorable)
      })
      const [first] = unstorable
      if (!alongside && first) {
        throw new StoreError('store/refused', `${unstorable.length} readings are refused: ${first.detail}`)
      }
    },
    async history({ buckets, ...span }) {
      checkSpan(span, buckets)
      const signal = await findSignal(db, span.signalId)
      if (!signal) return rawHistory(span, { times: [], values: [], qualities: [] })
      const raw = await readPoints(influx, signal.kind, span, buckets + 1)
      if (raw.times.length <= buckets) return rawHistory(span, raw)
      return readBuckets(influx, signal.kind, span, bucketGrid(span, buckets))
    },
    async raw(span) {
      checkSpan(span)
      const signal = await findSignal(db, span.signalId)
      if (!signal) return { times: [], values: [], qualities: [] }
      return checkRaw(span, await readPoints(influx, signal.kind, span, RAW_MAX_READINGS + 1))
    },
    latest: (signalIdsWanted) => latestOf(db, signalIdsWanted),
    latestSince: (cursor) => changesSince(db, cursor),
    // The bucket has its own retention, and InfluxDB packs by itself.
    maintain: () => Promise.resolve({ packed: 0, expired: 0 }),
    close() {
      writer.close()
      mirrors.close()
    },
  }
}
