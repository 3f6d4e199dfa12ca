import type { Tx } from '@fettle/db/client'
import { tickets } from '@fettle/db/schema/tickets'
import { and, eq, sql } from 'drizzle-orm'
import { isOpen, type TicketRow } from './ticket-rows.ts'

/** What a machine has at most one open ticket for (DESIGN, promise 3). */
export interface Failure {
  readonly assetId: string
  readonly failureModeId: string | null
}

/**
 * The open ticket that the machine raised for this failure, locked. Whoever asks queues here until commit, so that the second
 * of two at the same moment finds the ticket of the first.
 */
export async function lockOpenAlarmTicket(tx: Tx, { assetId, failureModeId }: Failure): Promise<TicketRow | undefined> {
  if (failureModeId === null) return undefined
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${assetId} ${failureModeId}`}, 0))`)
  const [ticket] = await tx
    .select()
    .from(tickets)
    .where(
      and(eq(tickets.assetId, assetId), eq(tickets.failureModeId, failureModeId), eq(tickets.source, 'alarm'), isOpen),
    )
    .for('update')
  return ticket
}
