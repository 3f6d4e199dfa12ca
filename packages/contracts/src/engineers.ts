import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Day, Decimal, Id, Instant, Position, RegionCode, Text } from './scalars.ts'

export const Engineer = Type.Object({
  id: Id,
  key: Type.String(),
  name: Type.String(),
  level: Type.Integer({ minimum: 1, maximum: 5 }),
  regionCode: RegionCode,
  baseName: Type.String(),
  base: Position,
  branchId: Type.Union([Id, Type.Null()]),
  branchName: Type.Union([Type.String(), Type.Null()]),
  skills: Type.Array(Type.Object({ family: Type.String(), level: Type.Integer({ minimum: 1, maximum: 5 }) })),
  certificates: Type.Array(Type.Object({ key: Type.String(), name: Text, expiresOn: Type.Union([Day, Type.Null()]) })),
  openTickets: Type.Integer(),
})
export type Engineer = Static<typeof Engineer>

/** Why this one, factor by factor (DSP-3). */
export const Suggestion = Type.Object({
  engineerId: Id,
  name: Type.String(),
  eligible: Type.Boolean(),
  score: Type.Number({ description: '0 to 100; 0 when not eligible' }),
  distanceKm: Type.Number(),
  travelHours: Decimal,
  earliestArrival: Type.Union([Instant, Type.Null()]),
  withinSla: Type.Union([Type.Boolean(), Type.Null()]),
  factors: Type.Array(
    Type.Object({
      factor: Type.String({ description: 'skill, certificate, distance, sla, parts, load, calendar, region, branch' }),
      verdict: Type.Union([Type.Literal('good'), Type.Literal('fair'), Type.Literal('bad'), Type.Literal('blocks')]),
      text: Text,
      points: Type.Number(),
    }),
  ),
})
export type Suggestion = Static<typeof Suggestion>

const tags = ['dispatch'] as const
export const listEngineers = {
  method: 'GET',
  url: '/api/v1/engineers',
  schema: {
    operationId: 'listEngineers',
    summary: 'Engineers with skills, certificates and load',
    tags,
    querystring: Type.Object(listQuery),
    response: { 200: ListOf(Engineer), ...refusals },
  },
} as const satisfies RouteContract

export const suggestEngineers = {
  method: 'GET',
  url: '/api/v1/tickets/:ticketId/suggestions',
  schema: {
    operationId: 'suggestEngineers',
    summary: 'Engineers for this ticket, best first, with reasons for and against',
    tags,
    params: Type.Object({ ticketId: Id }),
    response: { 200: Type.Object({ items: Type.Array(Suggestion) }), ...refusals },
  },
} as const satisfies RouteContract
