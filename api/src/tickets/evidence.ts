import type { Evidence, EvidenceTrend } from '@fettle/contracts/evidence'
import type { LikelyFailure } from '@fettle/contracts/failure-modes'
import type { Db, DbOrTx } from '@fettle/db/client'
import { failureModes, signals } from '@fettle/db/schema/assets'
import { type alarmEpisodes, ruleVersions } from '@fettle/db/schema/rules'
import { ticketEvidence } from '@fettle/db/schema/tickets'
import { ruleText } from '@fettle/domain/alarms/texts'
import { observe } from '@fettle/domain/failures/observe'
import { rankFailureModes } from '@fettle/domain/failures/rank'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { and, asc, eq } from 'drizzle-orm'
import { readFailureModes } from '../failure-modes/queries.ts'
import { trendsOf } from '../telemetry/trends.ts'
import { pastRepairs } from './past-repairs.ts'

type Episode = typeof alarmEpisodes.$inferSelect
type Content = (typeof ticketEvidence.$inferInsert)['content']

export const evidenceBeforeMs = 60 * 60_000
export const evidenceAfterMs = 10 * 60_000
/** The failure shows in the minutes around the alarm, not in the quiet hour before. */
const rankedWindowMs = 5 * 60_000
const repairsShown = 3

/** What the machine showed from an hour before the alarm up to `toMs`: trends, quality, repairs, likely causes. */
export async function captureEvidence(
  db: Db,
  telemetry: TelemetryStore,
  episode: Episode,
  toMs: number,
): Promise<Content> {
  const fromMs = episode.raisedMs - evidenceBeforeMs
  const [trends, { times, qualities }, repairs, [signal], [version]] = await Promise.all([
    trendsOf(db, telemetry, { assetId: episode.assetId, fromMs, toMs }),
    telemetry.raw({ signalId: episode.signalId, fromMs, toMs }),
    pastRepairs(db, episode.assetId, new Date(episode.raisedMs), repairsShown),
    db.select().from(signals).where(eq(signals.id, episode.signalId)),
    db
      .select({ definition: ruleVersions.definition })
      .from(ruleVersions)
      .where(and(eq(ruleVersions.ruleId, episode.ruleId), eq(ruleVersions.version, episode.ruleVersion))),
  ])
  if (!signal || !version) throw new Error(`alarm ${episode.id} points at a signal or rule version that is not there`)
  const asked = trends.find(({ signalKey }) => signalKey === version.definition.condition?.signalKey)
  return {
    ruleVersion: episode.ruleVersion,
    ruleText: ruleText(
      version.definition,
      { signalName: signal.name, ...signal },
      asked && { signalName: asked.name, ...asked },
    ),
    trends: alarmFirst(trends, signal.key),
    quality: qualityOf(times, qualities, fromMs, toMs),
    repairs,
    likelyFailures: await likelyFailures(db, episode, trends),
  }
}

/** Causes that fit what the trends do around the alarm, most likely first. */
export async function likelyFailures(
  db: DbOrTx,
  { failureModeId, signalId, raisedMs }: Pick<Episode, 'failureModeId' | 'signalId' | 'raisedMs'>,
  trends: readonly EvidenceTrend[],
): Promise<LikelyFailure[]> {
  const [own] = await db
    .select({ key: failureModes.key, modelId: failureModes.modelId })
    .from(failureModes)
    .where(eq(failureModes.id, failureModeId))
  if (!own) throw new Error(`there is no failure mode ${failureModeId}`)
  const modes = await readFailureModes(db, eq(failureModes.modelId, own.modelId))
  const observed = trends.map((trend) => observe(trend, { fromMs: raisedMs - rankedWindowMs, toMs: raisedMs }))
  const [signal] = await db.select({ key: signals.key }).from(signals).where(eq(signals.id, signalId))
  return rankFailureModes(modes, observed, {
    failureModeKey: own.key,
    signalKey: signal?.key ?? null,
  })
}

export async function evidenceOf(db: DbOrTx, ticketId: string): Promise<Evidence[]> {
  const rows = await db
    .select()
    .from(ticketEvidence)
    .where(eq(ticketEvidence.ticketId, ticketId))
    .orderBy(asc(ticketEvidence.raisedMs))
  return rows.map(({ id, alarmId, fromMs, toMs, raisedMs, freezesAt, frozenAt, content }) => ({
    id,
    ticketId,
    alarmId,
    from: fromMs,
    to: toMs,
    raisedAt: raisedMs,
    frozen: frozenAt !== null,
    freezesAt: freezesAt.toISOString(),
    ...content,
  }))
}

function alarmFirst(trends: readonly EvidenceTrend[], signalKey: string): EvidenceTrend[] {
  return trends.toSorted((a, b) => Number(b.signalKey === signalKey) - Number(a.signalKey === signalKey))
}

function qualityOf(
  times: readonly number[],
  qualities: readonly number[],
  fromMs: number,
  toMs: number,
): Content['quality'] {
  let longestGapMs = 0
  let previousMs = fromMs
  for (const time of [...times, toMs]) {
    longestGapMs = Math.max(longestGapMs, time - previousMs)
    previousMs = time
  }
  const having = (quality: number) => qualities.filter((one) => one === quality).length
  return { readings: times.length, good: having(0), uncertain: having(1), bad: having(2), longestGapMs }
}
