import type { JobPayloads } from '@fettle/contracts/jobs'
import type { Tx } from '@fettle/db/client'
import { announce, enqueue } from '@fettle/db/jobs'
import { assets, failureModes, signals } from '@fettle/db/schema/assets'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { ticketEvents, ticketEvidence, tickets } from '@fettle/db/schema/tickets'
import { alarmText } from '@fettle/domain/alarms/texts'
import { priorityOf } from '@fettle/domain/alarms/severity'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq, sql } from 'drizzle-orm'
import type { Dependencies } from '../dependencies.ts'
import { captureEvidence, evidenceAfterMs, evidenceBeforeMs } from '../tickets/evidence.ts'
import { openTicket } from '../tickets/open-ticket.ts'
import { isOpen } from '../tickets/ticket-rows.ts'

const system = { name: 'Fettle', role: 'system' }

/** An alarm opens its ticket, or joins the one that is open for the same machine and failure mode. Runs once in effect. */
export async function openTicketForAlarm(deps: Dependencies, { alarmId }: JobPayloads['open-ticket']): Promise<void> {
  const now = new Date(deps.clock.now())
  await deps.database.db.transaction(async (tx) => {
    const alarm = await lockAlarm(tx, alarmId)
    if (!alarm || alarm.episode.ticketId !== null) return
    const { episode } = alarm
    // Two alarms of one failure at the same moment queue here, so that the second finds the ticket of the first.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${episode.assetId} ${episode.failureModeId}`}, 0))`,
    )
    const open = await openAlarmTicket(tx, episode.assetId, episode.failureModeId)
    const ticket = open ?? (await openTicket(tx, freshTicket(alarm), now))
    await tx.update(alarmEpisodes).set({ ticketId: ticket.id }).where(eq(alarmEpisodes.id, alarmId))
    if (open) await noteJoined(tx, open.id, alarm, now)
    await attachEvidence(tx, deps, ticket.id, episode)
    await announce(tx, { kind: 'alarm', alarmId, assetId: episode.assetId })
    await announce(tx, { kind: 'ticket', ticketId: ticket.id, assetId: episode.assetId })
  })
}

async function lockAlarm(tx: Tx, alarmId: string) {
  const [alarm] = await tx
    .select({
      episode: alarmEpisodes,
      signalName: signals.name,
      unit: signals.unit,
      decimals: signals.decimals,
      failureModeName: failureModes.name,
      mode: assets.mode,
    })
    .from(alarmEpisodes)
    .innerJoin(signals, eq(signals.id, alarmEpisodes.signalId))
    .innerJoin(failureModes, eq(failureModes.id, alarmEpisodes.failureModeId))
    .innerJoin(assets, eq(assets.id, alarmEpisodes.assetId))
    .where(eq(alarmEpisodes.id, alarmId))
    .for('update', { of: alarmEpisodes })
  return alarm
}
type LockedAlarm = NonNullable<Awaited<ReturnType<typeof lockAlarm>>>

async function openAlarmTicket(tx: Tx, assetId: string, failureModeId: string) {
  const [ticket] = await tx
    .select({ id: tickets.id })
    .from(tickets)
    .where(
      and(eq(tickets.assetId, assetId), eq(tickets.failureModeId, failureModeId), eq(tickets.source, 'alarm'), isOpen),
    )
    .for('update')
  return ticket
}

function freshTicket({ episode, failureModeName, ...signal }: LockedAlarm) {
  return {
    assetId: episode.assetId,
    type: 'predictive',
    source: 'alarm',
    priority: priorityOf(episode.level),
    title: alarmText(episode, signal, failureModeName),
    description: '',
    failureModeId: episode.failureModeId,
    reporterName: null,
    reporterPhone: null,
    occurredAt: new Date(episode.raisedMs),
    late: episode.late,
    verification: 'pending',
    by: system,
  } as const
}

async function noteJoined(tx: Tx, ticketId: string, { episode, failureModeName, ...signal }: LockedAlarm, now: Date) {
  await tx
    .insert(ticketEvents)
    .values({
      id: uuidv7(now.getTime()),
      ticketId,
      at: now,
      by: system.name,
      byRole: system.role,
      kind: 'alarm',
      text: alarmText(episode, signal, failureModeName),
      onceKey: `joined ${episode.id}`,
    })
    .onConflictDoNothing()
}

/** The hour before at once; the ten minutes after come when they are over. */
async function attachEvidence(tx: Tx, deps: Dependencies, ticketId: string, episode: LockedAlarm['episode']) {
  const nowMs = deps.clock.now()
  const toMs = Math.max(episode.raisedMs + 1, Math.min(nowMs, episode.raisedMs + evidenceAfterMs))
  const freezesAt = new Date(Math.max(nowMs, episode.raisedMs + evidenceAfterMs))
  const evidenceId = uuidv7(nowMs)
  await tx.insert(ticketEvidence).values({
    id: evidenceId,
    ticketId,
    alarmId: episode.id,
    fromMs: episode.raisedMs - evidenceBeforeMs,
    toMs,
    raisedMs: episode.raisedMs,
    freezesAt,
    content: await captureEvidence(tx, deps.telemetry, episode, toMs),
  })
  await enqueue(tx, 'freeze-evidence', { evidenceId }, { jobKey: `freeze ${evidenceId}`, runAt: freezesAt })
}
