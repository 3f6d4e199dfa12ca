import type { PastRepair } from '@fettle/contracts/evidence'
import type { DbOrTx } from '@fettle/db/client'
import { failureModes } from '@fettle/db/schema/assets'
import { parts, stockMovements } from '@fettle/db/schema/parts'
import { completionReports, tickets } from '@fettle/db/schema/tickets'
import { timesPart } from '@fettle/domain/parts/units'
import { and, desc, eq, inArray, isNotNull, lt } from 'drizzle-orm'

/** The machine's last closed repairs with what was found and which parts went in. */
export async function pastRepairs(db: DbOrTx, assetId: string, before: Date, limit: number): Promise<PastRepair[]> {
  const rows = await db
    .selectDistinctOn([tickets.closedAt, tickets.id], {
      ticketId: tickets.id,
      number: tickets.number,
      closedAt: tickets.closedAt,
      summary: completionReports.work,
      failureModeName: failureModes.name,
    })
    .from(tickets)
    .innerJoin(completionReports, eq(completionReports.ticketId, tickets.id))
    .leftJoin(failureModes, eq(failureModes.id, completionReports.failureModeId))
    .where(and(eq(tickets.assetId, assetId), isNotNull(tickets.closedAt), lt(tickets.closedAt, before)))
    .orderBy(desc(tickets.closedAt), tickets.id, desc(completionReports.writtenAt))
    .limit(limit)
  if (rows.length === 0) return []
  const used = await db
    .select({
      ticketId: stockMovements.ticketId,
      code: parts.code,
      unit: parts.unit,
      quantity: stockMovements.quantity,
    })
    .from(stockMovements)
    .innerJoin(parts, eq(parts.id, stockMovements.partId))
    .where(
      and(
        eq(stockMovements.kind, 'consume'),
        inArray(
          stockMovements.ticketId,
          rows.map(({ ticketId }) => ticketId),
        ),
      ),
    )
  return rows.map(({ closedAt, ...row }) => ({
    ...row,
    closedAt: (closedAt ?? before).toISOString(),
    parts: used
      .filter(({ ticketId }) => ticketId === row.ticketId)
      .map(({ code, unit, quantity }) => timesPart(code, quantity, unit)),
  }))
}
