import type { JobPayloads } from '@fettle/contracts/jobs'
import { announce } from '@fettle/db/jobs'
import { signals } from '@fettle/db/schema/assets'
import { alarmChanges, alarmEpisodes } from '@fettle/db/schema/rules'
import { ticketEvents, tickets } from '@fettle/db/schema/tickets'
import { changeText } from '@fettle/domain/alarms/texts'
import { higherPriority, priorityOf } from '@fettle/domain/alarms/severity'
import { uuidv7 } from '@fettle/platform/ids'
import { eq } from 'drizzle-orm'
import type { Dependencies } from '../dependencies.ts'
import { isFinished } from '../tickets/ticket-rows.ts'
import { openTicketForAlarm } from './open-ticket.ts'

/**
 * The alarm got worse, better or ended: say so on its ticket once, and let the priority rise (it never falls by itself). One that
 * gets worse than what its ticket was about, after that was finished, raises a ticket again: nobody would look at the old one.
 */
export async function followAlarm(
  deps: Dependencies,
  { alarmId, changeId }: JobPayloads['alarm-changed'],
): Promise<void> {
  await openTicketForAlarm(deps, { alarmId })
  await sayOnTicket(deps, changeId)
  await openTicketForAlarm(deps, { alarmId })
}

async function sayOnTicket(deps: Dependencies, changeId: string): Promise<void> {
  const now = new Date(deps.clock.now())
  await deps.database.db.transaction(async (tx) => {
    const [row] = await tx
      .select({
        change: alarmChanges,
        episode: alarmEpisodes,
        name: signals.name,
        unit: signals.unit,
        decimals: signals.decimals,
      })
      .from(alarmChanges)
      .innerJoin(alarmEpisodes, eq(alarmEpisodes.id, alarmChanges.alarmId))
      .innerJoin(signals, eq(signals.id, alarmEpisodes.signalId))
      .where(eq(alarmChanges.id, changeId))
    if (!row || row.episode.ticketId === null) return
    const { change, episode } = row
    const [ticket] = await tx.select().from(tickets).where(eq(tickets.id, row.episode.ticketId)).for('update')
    if (!ticket) return
    const [said] = await tx
      .insert(ticketEvents)
      .values({
        id: uuidv7(now.getTime()),
        ticketId: ticket.id,
        at: now,
        by: 'Fettle',
        byRole: 'system',
        kind: 'alarm',
        text: changeText(change, { signalName: row.name, unit: row.unit, decimals: row.decimals }),
        onceKey: `change ${changeId}`,
      })
      .onConflictDoNothing()
      .returning({ id: ticketEvents.id })
    if (!said) return
    const priority = change.level === null ? ticket.priority : higherPriority(ticket.priority, priorityOf(change.level))
    const isWorse = priority !== ticket.priority
    // Not a new version: what an engineer is about to hand in is as right as before.
    if (isWorse && !isFinished(ticket)) await tx.update(tickets).set({ priority }).where(eq(tickets.id, ticket.id))
    if (isWorse && isFinished(ticket) && episode.clearedMs === null) {
      await tx.update(alarmEpisodes).set({ ticketId: null }).where(eq(alarmEpisodes.id, episode.id))
    }
    await announce(tx, { kind: 'ticket', ticketId: ticket.id, assetId: episode.assetId })
  })
}
