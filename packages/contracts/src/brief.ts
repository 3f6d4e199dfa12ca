import { Type, type Static } from 'typebox'
import { Alarm } from './alarms.ts'
import { AssetSummary } from './assets.ts'
import { Site } from './customers.ts'
import { EvidenceTrend, PastRepair } from './evidence.ts'
import { LikelyFailure } from './failure-modes.ts'
import { Unit } from './parts.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Decimal, Id, Instant, Text } from './scalars.ts'
import { TicketSummary } from './tickets.ts'
import { Visit } from './visits.ts'

/** 出发前简报: what an engineer reads before leaving. */
export const Brief = Type.Object({
  ticket: TicketSummary,
  asset: AssetSummary,
  why: Text,
  since: Instant,
  alarms: Type.Array(Alarm),
  /** The last seven days of the signals that matter for this ticket, against their limits. */
  trends: Type.Array(EvidenceTrend),
  repairs: Type.Array(PastRepair),
  likelyFailures: Type.Array(LikelyFailure),
  /** Parts of the likely failures: what is on the engineer's van, what lies elsewhere. */
  parts: Type.Array(
    Type.Object({
      partCode: Type.String(),
      partName: Text,
      unit: Unit,
      quantity: Decimal,
      onVan: Decimal,
      elsewhere: Type.Array(Type.Object({ locationName: Type.String(), quantity: Decimal })),
    }),
  ),
  site: Site,
  visit: Type.Union([Visit, Type.Null()]),
})
export type Brief = Static<typeof Brief>

export const getBrief = {
  method: 'GET',
  url: '/api/v1/tickets/:ticketId/brief',
  schema: {
    operationId: 'getBrief',
    summary: 'Why, since when, the last week, last repairs, likely failures with parts and hours, how to get in',
    tags: ['tickets'],
    params: Type.Object({ ticketId: Id }),
    response: { 200: Brief, ...refusals },
  },
} as const satisfies RouteContract
