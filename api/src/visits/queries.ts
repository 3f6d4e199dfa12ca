import type { Static } from 'typebox'
import type { CompletionReport, listVisits, Visit } from '@fettle/contracts/visits'
import type { DbOrTx } from '@fettle/db/client'
import { failureModes } from '@fettle/db/schema/assets'
import { engineers } from '@fettle/db/schema/organisation'
import { completionReports, tickets, visits } from '@fettle/db/schema/tickets'
import { and, desc, eq, gte, lte, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { page, type RowsRead } from '../lists/page.ts'
import { plain } from '../money/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { ticketScope } from '../policy/scope.ts'

export async function visitsOf(db: DbOrTx, ticketId: string): Promise<Visit[]> {
  const rows = await readVisits(db, {
    where: eq(visits.ticketId, ticketId),
    orderBy: sql`${visits.plannedStart}, ${visits.id}`,
  })
  return rows.map(({ visit, engineerName }) => presentVisit(visit, engineerName))
}

/** Visits planned to begin within a span, on tickets that this actor may see. */
export async function visitList(db: DbOrTx, actor: Actor, query: Static<typeof listVisits.schema.querystring>) {
  const list = page({
    query,
    columns: {
      plannedStart: { column: visits.plannedStart, cast: 'timestamptz' },
      engineerName: { column: engineers.name, cast: 'text' },
    },
    fallback: 'plannedStart',
    id: { column: visits.id, cast: 'uuid' },
  })
  const { from, to, engineerId, q } = query
  const where = and(
    ticketScope(actor),
    gte(visits.plannedStart, new Date(from)),
    lte(visits.plannedStart, new Date(to)),
    engineerId ? eq(visits.engineerId, engineerId) : undefined,
    containing(q, [engineers.name, tickets.number, tickets.title]),
    list.after,
  )
  const cut = list.cut(await readVisits(db, { where, orderBy: list.orderBy, limit: list.fetch, mark: list.mark }))
  return {
    items: cut.rows.map(({ visit, engineerName }) => presentVisit(visit, engineerName)),
    nextCursor: cut.nextCursor,
  }
}

async function readVisits(db: DbOrTx, { where, orderBy, limit, mark }: Omit<RowsRead, 'limit'> & Partial<RowsRead>) {
  const rows = db
    .select({ visit: visits, engineerName: engineers.name, mark: mark ?? sql<string>`''` })
    .from(visits)
    .innerJoin(engineers, eq(engineers.id, visits.engineerId))
    .innerJoin(tickets, eq(tickets.id, visits.ticketId))
    .where(where)
    .orderBy(orderBy)
  return limit === undefined ? rows : rows.limit(limit)
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
    workHours: visit.workHours && plain(visit.workHours),
    travelHours: visit.travelHours && plain(visit.travelHours),
    travelKm: visit.travelKm && plain(visit.travelKm),
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
