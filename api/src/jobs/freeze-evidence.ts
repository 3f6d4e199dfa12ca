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
  { database: { db }, telemetry, clock }: Dependencies,
  { evidenceId }: JobPayloads['freeze-evidence'],
): Promise<void> {
  const now = new Date(clock.now())
  const [found] = await db
    .select({ evidence: ticketEvidence, episode: alarmEpisodes })
    .from(ticketEvidence)
    .innerJoin(alarmEpisodes, eq(alarmEpisodes.id, ticketEvidence.alarmId))
    .where(eq(ticketEvidence.id, evidenceId))
  if (!found) throw new Error(`there is no evidence ${evidenceId} with its alarm`)
  const { evidence, episode } = found
  if (evidence.frozenAt !== null) return
  const toMs = evidence.raisedMs + evidenceAfterMs
  const after = await captureEvidence(db, telemetry, episode, toMs)
  // What was known when the ticket opened stays as it was said; only the readings go on.
  const { trends, quality, likelyFailures } = after
  const content = { ...evidence.content, trends, quality, likelyFailures }

  await db.transaction(async (tx) => {
    const [frozen] = await tx
      .update(ticketEvidence)
      .set({ content, toMs, frozenAt: now })
      .where(and(eq(ticketEvidence.id, evidenceId), isNull(ticketEvidence.frozenAt)))
      .returning({ ticketId: ticketEvidence.ticketId })
    if (!frozen) return
    await tx
      .insert(ticketEvents)
      .values({
        id: uuidv7(now.getTime()),
        ticketId: frozen.ticketId,
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
    await announce(tx, { kind: 'ticket', ticketId: frozen.ticketId, assetId: episode.assetId })
  })
}
