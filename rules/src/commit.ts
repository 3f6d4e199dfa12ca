import type { Db, Tx } from '@fettle/db/client'
import { announce, enqueue } from '@fettle/db/jobs'
import { consumerPositions } from '@fettle/db/schema/devices'
import { alarmChanges, alarmEpisodes, ruleSnapshots } from '@fettle/db/schema/rules'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Changed, Cleared, Effect, Peak, Raised } from './effects.ts'
import type { Snapshot } from './snapshot.ts'

/** Name of this consumer in `consumer_positions`. */
const consumer = 'rules'

export interface Save {
  readonly partition: number
  /** The position of the snapshot that this one follows; null when there was none. */
  readonly follows: number | null
  /** Everything before it was evaluated. */
  readonly position: number
  readonly effects: readonly Effect[]
  readonly peaks: readonly Peak[]
  readonly snapshot: Snapshot
  readonly at: Date
}

/** Another engine has the partition and went on from the same place; this one has to begin again from what that one saved. */
export class FencedError extends Error {
  readonly code = 'rules/fenced'

  constructor(partition: number, follows: number | null, found: number | null) {
    super(`partition ${partition} was saved at ${found} by another engine; this one had it at ${follows}`)
    this.name = 'FencedError'
  }
}

/**
 * Writes episodes, their changes and their jobs, the memory and the log position, all in one transaction, so that after a
 * crash at any point a reading was either evaluated with everything that follows, or will be. The row of the snapshot is the
 * fence: of two engines on one partition only one can follow a given position. Rejects with `FencedError`.
 */
export async function commit(db: Db, save: Save): Promise<void> {
  await db.transaction(async (tx) => {
    await passFence(tx, save)
    for (const effect of save.effects) {
      if (effect.kind === 'raised') await raise(tx, effect, save.at)
      else await change(tx, effect)
    }
    for (const { alarmId, peakValue } of save.peaks) {
      await tx.update(alarmEpisodes).set({ peakValue }).where(isOpen(alarmId))
    }
    const { partition, position } = save
    await tx
      .insert(consumerPositions)
      .values({ consumer, partition, position })
      .onConflictDoUpdate({ target: [consumerPositions.consumer, consumerPositions.partition], set: { position } })
  })
}

/** Takes the row's lock with the first statement, so two engines cannot both see the old position. */
async function passFence(tx: Tx, { partition, follows, position, snapshot, at }: Save): Promise<void> {
  const values = { position, state: snapshot, savedAt: at }
  const passed =
    follows === null
      ? await tx
          .insert(ruleSnapshots)
          .values({ partition, ...values })
          .onConflictDoNothing()
          .returning({ partition: ruleSnapshots.partition })
      : await tx
          .update(ruleSnapshots)
          .set(values)
          .where(and(eq(ruleSnapshots.partition, partition), eq(ruleSnapshots.position, follows)))
          .returning({ partition: ruleSnapshots.partition })
  if (passed.length > 0) return
  const [found] = await tx.select().from(ruleSnapshots).where(eq(ruleSnapshots.partition, partition))
  throw new FencedError(partition, follows, found?.position ?? null)
}

/** An episode that is there already has its job already. */
async function raise(
  tx: Tx,
  { alarmId, rule, behind, late, at, level, value, limit }: Raised,
  now: Date,
): Promise<void> {
  if (behind && (await isCovered(tx, rule.ruleId, rule.assetId, at))) return
  const { ruleId, version, assetId, signalId, failureModeId } = rule
  const inserted = await tx
    .insert(alarmEpisodes)
    .values({
      id: alarmId,
      ruleId,
      ruleVersion: version,
      assetId,
      signalId,
      failureModeId,
      raisedMs: at,
      level,
      peakLevel: level,
      limit,
      peakLimit: limit,
      value,
      peakValue: value,
      late,
      recordedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: alarmEpisodes.id })
  if (inserted.length === 0) return
  await enqueue(tx, 'open-ticket', { alarmId }, { jobKey: `open-ticket:${alarmId}` })
  await announce(tx, { kind: 'alarm', alarmId, assetId })
}

async function isCovered(tx: Tx, ruleId: string, assetId: string, at: number): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from alarm_episodes
    where rule_id = ${ruleId} and asset_id = ${assetId}
      and raised_ms <= ${at} and (cleared_ms is null or cleared_ms >= ${at}) limit 1`)
  return rows.length > 0
}

/** Nothing happens to an episode that is not there (see `raise`) or that has ended. */
async function change(tx: Tx, effect: Changed | Cleared): Promise<void> {
  const { alarmId, assetId, at, value, peakValue } = effect
  const level = effect.kind === 'changed' ? effect.level : null
  const present = effect.kind === 'changed' ? { ...levelOf(effect), value } : { clearedMs: at }
  const open = await tx
    .update(alarmEpisodes)
    .set({ ...present, peakValue })
    .where(isOpen(alarmId))
    .returning({ id: alarmEpisodes.id })
  if (open.length === 0) return
  const [written] = await tx
    .insert(alarmChanges)
    .values({ id: effect.changeId, alarmId, atMs: at, level, value })
    .onConflictDoUpdate({ target: [alarmChanges.alarmId, alarmChanges.atMs], set: { level, value } })
    .returning({ changeId: alarmChanges.id })
  if (!written) return
  await enqueue(tx, 'alarm-changed', { alarmId, ...written }, { jobKey: `alarm-changed:${written.changeId}` })
  await announce(tx, { kind: 'alarm', alarmId, assetId })
}

/** The level as it is now, and as it was at its worst: a fall from there keeps the limit that belongs to it. */
function levelOf({ level, peakLevel, limit }: Changed) {
  return level === peakLevel ? { level, limit, peakLevel, peakLimit: limit } : { level, limit, peakLevel }
}

const isOpen = (alarmId: string) => and(eq(alarmEpisodes.id, alarmId), isNull(alarmEpisodes.clearedMs))
