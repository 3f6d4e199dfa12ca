import { Type, type Static } from 'typebox'
import { LatestValue } from './telemetry.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id } from './scalars.ts'

/** What the live stream says. Facts are notices, not payloads: a screen asks again for what it shows. */
export const LiveEvent = Type.Union([
  Type.Object({ kind: Type.Literal('values'), assetId: Id, values: Type.Array(LatestValue) }),
  Type.Object({ kind: Type.Literal('alarm'), alarmId: Id, assetId: Id }),
  Type.Object({ kind: Type.Literal('ticket'), ticketId: Id, assetId: Id }),
  Type.Object({ kind: Type.Literal('asset'), assetId: Id }),
  Type.Object({ kind: Type.Literal('alive') }),
])
export type LiveEvent = Static<typeof LiveEvent>

/** How often the stream says that it is alive: a browser does not see comments, and a half-dead line has no end of its own. */
export const ALIVE_EVERY_MS = 15_000

/** What a transaction announces (pg_notify on `fettle_events`); the api turns it into scoped live events. */
export const EVENTS_CHANNEL = 'fettle_events'
export const FactNotice = Type.Union([
  Type.Object({ kind: Type.Literal('alarm'), alarmId: Id, assetId: Id }),
  Type.Object({ kind: Type.Literal('ticket'), ticketId: Id, assetId: Id }),
  Type.Object({ kind: Type.Literal('asset'), assetId: Id }),
])
export type FactNotice = Static<typeof FactNotice>

export const streamEvents = {
  method: 'GET',
  url: '/api/v1/events',
  schema: {
    operationId: 'streamEvents',
    summary: 'Server-sent events: live values, alarms and tickets, scoped to the caller',
    tags: ['events'],
    querystring: Type.Object({ assetId: Type.Optional(Id) }),
    response: { ...refusals },
  },
} as const satisfies RouteContract
