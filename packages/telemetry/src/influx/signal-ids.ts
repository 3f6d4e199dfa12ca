import type { Db } from '@fettle/db/client'
import { signals } from '@fettle/db/schema/assets'
import { inArray } from 'drizzle-orm'
import type { PositionedEntry } from '../store.ts'
import type { SignalIdOf } from './points.ts'

/** Ids of signals by the number that the log knows them by. A number is never given to another signal, so they are kept. */
export function signalIds(db: Db) {
  const known = new Map<number, string>()

  /** For the signals of entries; asks the database for those that it has not met. */
  return async function idsFor(entries: readonly PositionedEntry[]): Promise<SignalIdOf> {
    const missing = new Set<number>()
    for (const { entry } of entries) for (const series of entry.series) if (!known.has(series)) missing.add(series)
    if (missing.size > 0) {
      const rows = await db
        .select({ series: signals.series, id: signals.id })
        .from(signals)
        .where(inArray(signals.series, [...missing]))
      for (const { series, id } of rows) known.set(series, id)
    }
    return (series) => known.get(series)
  }
}
