import { Type, type Static } from 'typebox'
import { Alarm } from './alarms.ts'
import { AssetSummary } from './assets.ts'
import { Margin } from './money.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { TicketSummary } from './tickets.ts'

/** What is wrong now, what will be late, how are we doing. */
export const Overview = Type.Object({
  fleet: Type.Array(AssetSummary),
  activeAlarms: Type.Array(Alarm),
  /** Open tickets whose next promise is due soonest. */
  dueSoon: Type.Array(TicketSummary),
  figures: Type.Object({
    openTickets: Type.Integer(),
    /** How we dispatch is our own affair: null for customers. */
    unassigned: Type.Union([Type.Integer(), Type.Null()]),
    overdue: Type.Integer(),
    closedLast30Days: Type.Integer(),
    /** Of all tickets closed in the span. Null when there are none, or for roles that may not see money. */
    marginLast30Days: Type.Union([Margin, Type.Null()]),
    medianHoursToClose: Type.Union([Type.Number(), Type.Null()]),
  }),
})
export type Overview = Static<typeof Overview>

export const getOverview = {
  method: 'GET',
  url: '/api/v1/overview',
  schema: {
    operationId: 'getOverview',
    summary: 'The first page',
    tags: ['overview'],
    response: { 200: Overview, ...refusals },
  },
} as const satisfies RouteContract
