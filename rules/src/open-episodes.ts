import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { Db } from '@fettle/db/client'
import { signals } from '@fettle/db/schema/assets'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import type { Rank } from '@fettle/domain/rules/finding'
import { beginWatch } from '@fettle/domain/rules/rule-watch'
import { asc, eq, isNull } from 'drizzle-orm'
import type { Engine } from './engine.ts'
import type { WatchMemory } from './watch.ts'

const ranks: Record<AlarmLevel, Exclude<Rank, 0>> = { 'low-low': -2, low: -1, high: 1, 'high-high': 2 }

/**
 * Without a snapshot (the first start on this database, or one of a former format) the open episodes of the partition's
 * assets are taken from their rows, so that they can still change and end. Readings up to their beginning count as behind.
 */
export async function adoptOpenEpisodes(db: Db, engine: Engine, owns: (assetId: string) => boolean): Promise<void> {
  const rows = await db
    .select({ episode: alarmEpisodes, series: signals.series })
    .from(alarmEpisodes)
    .innerJoin(signals, eq(signals.id, alarmEpisodes.signalId))
    .where(isNull(alarmEpisodes.clearedMs))
    .orderBy(asc(alarmEpisodes.raisedMs))
  const bySeries = new Map<number, { newestAt: number; newestValue: number; memories: WatchMemory[] }>()
  for (const { episode, series } of rows) {
    if (!owns(episode.assetId)) continue
    const known = bySeries.get(series)
    const memories = [...(known?.memories ?? []), memoryOf(episode)]
    bySeries.set(series, { newestAt: episode.raisedMs, newestValue: episode.value, memories })
  }
  for (const [series, signal] of bySeries) engine.restoreSignal(series, signal)
}

function memoryOf(episode: typeof alarmEpisodes.$inferSelect): WatchMemory {
  const { ruleId, ruleVersion: version, id: alarmId, raisedMs, level, peakLevel, peakValue } = episode
  const watch = beginWatch()
  Object.assign(watch.live, {
    level: ranks[level],
    raisedAt: raisedMs,
    peak: ranks[peakLevel],
    peakValue,
    lastAt: raisedMs,
  })
  return { ruleId, version, ...watch, liveAlarm: { alarmId, peakValue }, behindAlarm: undefined }
}
