import { getOverview } from '@fettle/contracts/overview'
import { tickets } from '@fettle/db/schema/tickets'
import { and, sql } from 'drizzle-orm'
import { activeAlarms } from '../alarms/queries.ts'
import type { App } from '../app-type.ts'
import { fleet } from '../assets/queries.ts'
import type { Dependencies } from '../dependencies.ts'
import { marginSince } from '../money/queries.ts'
import { seesMoney } from '../policy/permissions.ts'
import { ticketScope } from '../policy/scope.ts'
import { isOpen, isOverdue, nextDueAt, readTickets, summaryOf } from '../tickets/ticket-rows.ts'

const fleetLimit = 500
const dayMs = 24 * 3_600_000

export function overviewRoutes(app: App, deps: Dependencies): void {
  const { db } = deps.database
  app.route({
    ...getOverview,
    handler: async ({ actor }) => {
      const now = new Date(deps.clock.now())
      const since = new Date(now.getTime() - 30 * dayMs)
      const [machines, alarms, due, [figures], margin] = await Promise.all([
        fleet(db, deps, actor, fleetLimit),
        activeAlarms(db, actor, 20),
        readTickets(db, {
          where: and(ticketScope(actor), isOpen, sql`(${nextDueAt}) is not null`),
          orderBy: sql`${nextDueAt} asc, ${tickets.createdAt} desc`,
          limit: 12,
        }),
        db
          .select({
            openTickets: sql<number>`(count(*) filter (where ${isOpen}))::int`,
            unassigned: sql<number>`(count(*) filter (where ${isOpen} and ${tickets.engineerId} is null))::int`,
            overdue: sql<number>`(count(*) filter (where ${isOverdue(now)}))::int`,
            closedLast30Days: sql<number>`(count(*) filter (where ${tickets.closedAt} >= ${since.toISOString()}::timestamptz))::int`,
            medianHoursToClose: sql<number | null>`(percentile_cont(0.5) within group (
              order by extract(epoch from ${tickets.closedAt} - ${tickets.createdAt}) / 3600)
              filter (where ${tickets.closedAt} >= ${since.toISOString()}::timestamptz))::float8`,
          })
          .from(tickets)
          .where(ticketScope(actor)),
        seesMoney(actor.role) ? marginSince(db, actor, since) : null,
      ])
      return {
        fleet: machines,
        activeAlarms: alarms,
        dueSoon: due.map((row) => summaryOf(row, now)),
        figures: {
          openTickets: figures?.openTickets ?? 0,
          unassigned: actor.role === 'customer' ? null : (figures?.unassigned ?? 0),
          overdue: figures?.overdue ?? 0,
          closedLast30Days: figures?.closedLast30Days ?? 0,
          medianHoursToClose: figures?.medianHoursToClose ?? null,
          marginLast30Days: margin,
        },
      }
    },
  })
}
