import type { CompletionReport, Visit } from '@fettle/contracts/visits'
import type { DbOrTx } from '@fettle/db/client'
import { failureModes } from '@fettle/db/schema/assets'
import { engineers } from '@fettle/db/schema/organisation'
import { completionReports, tickets, visits } from '@fettle/db/schema/tickets'
import { type SQL, and, asc, desc, eq, gte, lte } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'
import { ticketScope } from '../policy/scope.ts'

export async function visitsOf(db: DbOrTx, ticketId: string): Promise<Visit[]> {
  return readVisits(db, eq(visits.ticketId, ticketId))
}

/** Visits planned to begin within a span, on tickets that this actor may see. */
export async function visitsBetween(
  db: DbOrTx,
  actor: Actor,
  { from, to, engineerId }: { from: string; to: string; engineerId?: string },
): Promise<Visit[]> {
  return readVisits(
    db,
    and(
      ticketScope(actor),
      gte(visits.plannedStart, new Date(from)),
      lte(visits.plannedStart, new Date(to)),
      engineerId ? eq(visits.engineerId, engineerId) : undefined,
    ),
  )
}

async function readVisits(db: DbOrTx, where: SQL | undefined): Promise<Visit[]> {
  const rows = await db
    .select({ visit: visits, engineerName: engineers.name })
    .from(visits)
    .innerJoin(engineers, eq(engineers.id, visits.engineerId))
    .innerJoin(tickets, eq(tickets.id, visits.ticketId))
    .where(where)
    .orderBy(asc(visits.plannedStart), asc(visits.id))
  return rows.map(({ visit, engineerName }) => presentVisit(visit, engineerName))
}

export function presentVisit(visit: typeof visits.$inferSelect, engineerName: string): Visit {
  return {
    ...visit,
    engineerName,
    plannedStart: visit.plannedStart.toISOString(),
    plannedEnd: visit.plannedEnd.toISOString(),
    departedAt: visit.departedAt?.toISOString() ?? null,
    checkedInAt: visit.checkedInAt?.toISOString() ?? null,
    checkedOutAt: visit.checkedOutAt?.toISOString() ?? null,
  }
}

/** The newest report of the ticket. */
export async function reportOf(db: DbOrTx, ticketId: string): Promise<CompletionReport | null> {
  const [row] = await db
    .select({ report: completionReports, failureModeKey: failureModes.key })
    .from(completionReports)
    .leftJoin(failureModes, eq(failureModes.id, completionReports.failureModeId))
    .where(eq(completionReports.ticketId, ticketId))
    .orderBy(desc(completionReports.writtenAt))
    .limit(1)
  if (!row) return null
  return {
    ...row.report,
    failureModeKey: row.failureModeKey,
    restoredAt: row.report.restoredAt.toISOString(),
    writtenAt: row.report.writtenAt.toISOString(),
  }
}
