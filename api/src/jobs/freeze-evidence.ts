import type { JobPayloads } from '@fettle/contracts/jobs'
import { announce } from '@fettle/db/jobs'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { ticketEvents, ticketEvidence } from '@fettle/db/schema/tickets'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq, isNull } from 'drizzle-orm'
import type { Dependencies } from '../dependencies.ts'
import { captureEvidence, evidenceAfterMs } from '../tickets/evidence.ts'

/** Takes in the ten minutes after the alarm; from then on the evidence never changes. */
export async function freezeEvidence(
  deps: Dependencies,
  { evidenceId }: JobPayloads['freeze-evidence'],
): Promise<void> {
  const now = new Date(deps.clock.now())
  await deps.database.db.transaction(async (tx) => {
    const [evidence] = await tx
      .select()
      .from(ticketEvidence)
      .where(and(eq(ticketEvidence.id, evidenceId), isNull(ticketEvidence.frozenAt)))
      .for('update')
    if (!evidence) return
    const [episode] = await tx.select().from(alarmEpisodes).where(eq(alarmEpisodes.id, evidence.alarmId))
    if (!episode) throw new Error(`evidence ${evidenceId} points at an alarm that is not there`)
    const toMs = evidence.raisedMs + evidenceAfterMs
    const after = await captureEvidence(tx, deps.telemetry, episode, toMs)
    // What was known when the ticket opened stays as it was said; only the readings go on.
    const content = {
      ...evidence.content,
      trends: after.trends,
      quality: after.quality,
      likelyFailures: after.likelyFailures,
    }
    await tx.update(ticketEvidence).set({ content, toMs, frozenAt: now }).where(eq(ticketEvidence.id, evidenceId))
    await tx
      .insert(ticketEvents)
      .values({
        id: uuidv7(now.getTime()),
        ticketId: evidence.ticketId,
        at: now,
        by: 'Fettle',
        byRole: 'system',
        kind: 'evidence',
        text: {
          zh: '证据已固定：报警前 60 分钟至后 10 分钟',
          en: 'Evidence frozen: 60 minutes before to 10 minutes after the alarm',
        },
        onceKey: `frozen ${evidenceId}`,
      })
      .onConflictDoNothing()
    await announce(tx, { kind: 'ticket', ticketId: evidence.ticketId, assetId: episode.assetId })
  })
}
