import { followAlarm } from '@fettle/api/jobs/alarm-changed'
import { freezeEvidence } from '@fettle/api/jobs/freeze-evidence'
import { openTicketForAlarm } from '@fettle/api/jobs/open-ticket'
import type { Dependencies } from '@fettle/api/dependencies'
import type { Actor } from '@fettle/api/policy/actor'
import { lockOpenAlarmTicket } from '@fettle/api/tickets/alarm-ticket'
import type { Database, Tx } from '@fettle/db/client'
import { announce } from '@fettle/db/jobs'
import { assets, failureModes, models, signals } from '@fettle/db/schema/assets'
import { alarmChanges, alarmEpisodes, rules } from '@fettle/db/schema/rules'
import { ticketEvidence, tickets } from '@fettle/db/schema/tickets'
import { uuidv7 } from '@fettle/platform/ids'
import { createLogger } from '@fettle/platform/logging'
import { and, eq, sql } from 'drizzle-orm'
import { recordedStore } from './recorded-store.ts'
import { recordAlarm, ruleOf, type Recording } from './recording.ts'
import type { AlarmRaised } from './story.ts'

/** An alarm of the past, from the moment at which the rules found it until it cleared. */
export interface PlayedAlarm {
  readonly ticket: { readonly id: string; readonly version: number }
  acknowledge(actor: Actor, at: Date): Promise<string>
  /** The ten minutes after are over. */
  freeze(at: Date): Promise<void>
  clear(at: Date): Promise<void>
}

/** The machine has an open ticket for this failure right now: the past alarm would join it. */
export class AlarmInTheWay extends Error {
  override readonly name = 'AlarmInTheWay'
}

const silent = createLogger({ name: 'history', level: 'silent' })

/**
 * Records an episode as the rules do and runs the jobs that it causes, with the clock of its day and the machine's recording in
 * the place of the telemetry store. Throws `AlarmInTheWay`.
 */
export async function playAlarm(
  tx: Tx,
  pool: Database['pool'],
  deed: AlarmRaised,
  assetKey: string,
  raisedAt: Date,
): Promise<PlayedAlarm> {
  const recording = recordAlarm({ ...deed, assetKey, raisedMs: raisedAt.getTime() })
  const watched = await watchedBy(tx, deed.ruleKey, assetKey)
  if (await lockOpenAlarmTicket(tx, watched)) throw new AlarmInTheWay(`${assetKey} has an alarm of ${deed.ruleKey} now`)
  const alarmId = uuidv7(raisedAt.getTime())
  const { level, limit, value, peakValue } = recording
  await tx.insert(alarmEpisodes).values({
    ...watched,
    id: alarmId,
    raisedMs: raisedAt.getTime(),
    level,
    peakLevel: level,
    limit,
    peakLimit: limit,
    value,
    peakValue,
    late: false,
    recordedAt: raisedAt,
  })
  const depsAt = await dependencies(tx, pool, watched.assetId, recording)
  await openTicketForAlarm(depsAt(new Date(raisedAt.getTime() + 2_000)), { alarmId })
  const [ticket] = await tx
    .select({ id: tickets.id, version: tickets.version })
    .from(tickets)
    .innerJoin(alarmEpisodes, and(eq(alarmEpisodes.ticketId, tickets.id), eq(alarmEpisodes.id, alarmId)))
  if (!ticket) throw new Error('the alarm opened no ticket')

  return {
    ticket,
    /** As the route of this operation does. */
    async acknowledge(actor, at) {
      const seen = { acknowledgedAt: at, acknowledgedBy: actor.name }
      await tx.update(alarmEpisodes).set(seen).where(eq(alarmEpisodes.id, alarmId))
      return alarmId
    },
    async freeze(at) {
      const [evidence] = await tx
        .select({ id: ticketEvidence.id })
        .from(ticketEvidence)
        .where(eq(ticketEvidence.alarmId, alarmId))
      if (!evidence) throw new Error('the alarm has no evidence')
      await freezeEvidence(depsAt(at), { evidenceId: evidence.id })
      // It was put off until ten minutes after the alarm, by a clock that is long past: it has just been done.
      await tx.execute(sql`select graphile_worker.remove_job(${`freeze ${evidence.id}`})`)
    },
    async clear(at) {
      const [changeId, atMs] = [uuidv7(at.getTime()), at.getTime()]
      await tx.update(alarmEpisodes).set({ clearedMs: atMs }).where(eq(alarmEpisodes.id, alarmId))
      await tx.insert(alarmChanges).values({ id: changeId, alarmId, atMs, level: null, value: recording.usualValue })
      await announce(tx, { kind: 'alarm', alarmId, assetId: watched.assetId })
      await followAlarm(depsAt(at), { alarmId, changeId })
    },
  }
}

/** What the rules know of a rule on a machine. */
async function watchedBy(tx: Tx, ruleKey: string, assetKey: string) {
  const { signalKey } = ruleOf(ruleKey).definition
  const [row] = await tx
    .select({
      ruleId: rules.id,
      ruleVersion: rules.version,
      assetId: assets.id,
      signalId: signals.id,
      failureModeId: failureModes.id,
    })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .innerJoin(rules, and(eq(rules.modelId, models.id), eq(rules.key, ruleKey)))
    .innerJoin(failureModes, eq(failureModes.id, rules.failureModeId))
    .innerJoin(signals, and(eq(signals.assetId, assets.id), eq(signals.key, signalKey)))
    .where(eq(assets.key, assetKey))
  if (!row) throw new Error(`this demonstration has no rule ${ruleKey} on ${assetKey} any more`)
  return row
}

/** What jobs work with: this transaction for a database, the recording for a store, and the clock of the moment. */
async function dependencies(
  tx: Tx,
  pool: Database['pool'],
  assetId: string,
  recording: Recording,
): Promise<(at: Date) => Dependencies> {
  const rows = await tx.select({ id: signals.id, key: signals.key }).from(signals).where(eq(signals.assetId, assetId))
  const telemetry = recordedStore(recording, new Map(rows.map(({ id, key }) => [id, key])))
  return (at) => ({
    database: { db: tx, pool, close: () => Promise.resolve() },
    telemetry,
    clock: { now: () => at.getTime() },
    logger: silent,
    version: '',
    demoAccounts: [],
    webRoot: null,
  })
}
