import type { JobPayloads } from '@fettle/contracts/jobs'
import type { DbOrTx, Tx } from '@fettle/db/client'
import { announce, enqueue } from '@fettle/db/jobs'
import { failureModes, signals } from '@fettle/db/schema/assets'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { ticketEvents, ticketEvidence, tickets } from '@fettle/db/schema/tickets'
import { alarmText } from '@fettle/domain/alarms/texts'
import { higherPriority, priorityOf } from '@fettle/domain/alarms/severity'
import { uuidv7 } from '@fettle/platform/ids'
import { eq, sql } from 'drizzle-orm'
import type { Dependencies } from '../dependencies.ts'
import { captureEvidence, evidenceAfterMs, evidenceBeforeMs } from '../tickets/evidence.ts'
import { lockOpenAlarmTicket } from '../tickets/alarm-ticket.ts'
import { openTicket } from '../tickets/open-ticket.ts'
import type { TicketRow } from '../tickets/ticket-rows.ts'

const system = { name: 'Fettle', role: 'system' }
/** The rules see a reading before the store has it; evidence that freezes at once would miss what raised its alarm. */
const storeLagMs = 15_000

type EvidenceRow = typeof ticketEvidence.$inferInsert

/** An alarm opens its ticket, or joins the one that is open for the same machine and failure mode. Runs once in effect. */
export async function openTicketForAlarm(deps: Dependencies, { alarmId }: JobPayloads['open-ticket']): Promise<void> {
  const { db } = deps.database
  const now = new Date(deps.clock.now())
  const alarm = await readAlarm(db, alarmId)
  if (!alarm || alarm.episode.ticketId !== null) return
  const { episode } = alarm
  const evidence = await gatherEvidence(deps, episode)
  await db.transaction(async (tx) => {
    const [untold] = await tx.select().from(alarmEpisodes).where(eq(alarmEpisodes.id, alarmId)).for('update')
    if (untold?.ticketId !== null) return
    const open = await lockOpenAlarmTicket(tx, episode)
    const ticket = open ?? (await openTicket(tx, freshTicket(alarm), now))
    await tx.update(alarmEpisodes).set({ ticketId: ticket.id }).where(eq(alarmEpisodes.id, alarmId))
    if (open) await join(tx, open, alarm, now)
    await tx.insert(ticketEvidence).values({ ...evidence, ticketId: ticket.id })
    await enqueue(
      tx,
      'freeze-evidence',
      { evidenceId: evidence.id },
      { jobKey: `freeze ${evidence.id}`, runAt: evidence.freezesAt },
    )
    await announce(tx, { kind: 'alarm', alarmId, assetId: episode.assetId })
    await announce(tx, { kind: 'ticket', ticketId: ticket.id, assetId: episode.assetId })
  })
}

async function readAlarm(db: DbOrTx, alarmId: string) {
  const [alarm] = await db
    .select({
      episode: alarmEpisodes,
      signalName: signals.name,
      unit: signals.unit,
      decimals: signals.decimals,
      failureModeName: failureModes.name,
    })
    .from(alarmEpisodes)
    .innerJoin(signals, eq(signals.id, alarmEpisodes.signalId))
    .innerJoin(failureModes, eq(failureModes.id, alarmEpisodes.failureModeId))
    .where(eq(alarmEpisodes.id, alarmId))
  return alarm
}
type AlarmRead = NonNullable<Awaited<ReturnType<typeof readAlarm>>>

/** The hour before at once; the ten minutes after come when they are over. */
async function gatherEvidence(
  { database, telemetry, clock }: Dependencies,
  episode: AlarmRead['episode'],
): Promise<Omit<EvidenceRow, 'ticketId'>> {
  const nowMs = clock.now()
  const { raisedMs } = episode
  const toMs = Math.max(raisedMs + 1, Math.min(nowMs, raisedMs + evidenceAfterMs))
  return {
    id: uuidv7(nowMs),
    alarmId: episode.id,
    fromMs: raisedMs - evidenceBeforeMs,
    toMs,
    raisedMs,
    freezesAt: new Date(Math.max(nowMs, raisedMs + evidenceAfterMs) + storeLagMs),
    content: await captureEvidence(database.db, telemetry, episode, toMs),
  }
}

function freshTicket({ episode, failureModeName, ...signal }: AlarmRead) {
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

/** Says so on the ticket and changes its version: whoever is about to close it shall look again. */
async function join(tx: Tx, ticket: TicketRow, { episode, failureModeName, ...signal }: AlarmRead, now: Date) {
  const priority = higherPriority(ticket.priority, priorityOf(episode.level))
  await tx
    .update(tickets)
    .set({ priority, version: sql`${tickets.version} + 1` })
    .where(eq(tickets.id, ticket.id))
  await tx
    .insert(ticketEvents)
    .values({
      id: uuidv7(now.getTime()),
      ticketId: ticket.id,
      at: now,
      by: system.name,
      byRole: system.role,
      kind: 'alarm',
      text: alarmText(episode, signal, failureModeName),
      onceKey: `joined ${episode.id}`,
    })
    .onConflictDoNothing()
}
