import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Decimal, Id, Instant, Measured, Position, Version } from './scalars.ts'

export const visitStates = ['planned', 'travelling', 'on-site', 'done', 'cancelled'] as const
export type VisitState = (typeof visitStates)[number]

/** One appointment of one engineer for a ticket. */
export const Visit = Type.Object({
  id: Id,
  ticketId: Id,
  engineerId: Id,
  engineerName: Type.String(),
  state: literals(visitStates),
  plannedStart: Instant,
  plannedEnd: Instant,
  departedAt: Type.Union([Instant, Type.Null()]),
  checkedInAt: Type.Union([Instant, Type.Null()]),
  checkedInDistanceM: Type.Union([Type.Number(), Type.Null()], {
    description: 'from the site, when a position was sent',
  }),
  checkedOutAt: Type.Union([Instant, Type.Null()]),
  workHours: Type.Union([Decimal, Type.Null()]),
  travelHours: Type.Union([Decimal, Type.Null()]),
  travelKm: Type.Union([Decimal, Type.Null()]),
})
export type Visit = Static<typeof Visit>

export const CompletionReport = Type.Object({
  id: Id,
  ticketId: Id,
  visitId: Id,
  failureModeId: Type.Union([Id, Type.Null()]),
  failureModeKey: Type.Union([Type.String(), Type.Null()]),
  finding: Type.String(),
  work: Type.String(),
  outcome: literals([
    'confirmed',
    'false-alarm',
    'sensor-fault',
    'operating-conditions',
    'misuse',
    'not-reproduced',
  ] as const),
  restoredAt: Instant,
  writtenAt: Instant,
  writtenBy: Type.String(),
  customerName: Type.Union([Type.String(), Type.Null()]),
})
export type CompletionReport = Static<typeof CompletionReport>

const tags = ['visits'] as const
const params = Type.Object({ ticketId: Id })
const at = Type.Optional(Position)

export const scheduleVisit = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/visits',
  schema: {
    operationId: 'scheduleVisit',
    summary: 'Agree an appointment; a second one replaces the planned one',
    tags,
    params,
    body: Type.Object({ plannedStart: Instant, plannedEnd: Instant, expectedVersion: Version }),
    response: { 201: Visit, ...writeRefusals },
  },
} as const satisfies RouteContract

export const departForVisit = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/depart',
  schema: {
    operationId: 'departForVisit',
    summary: 'The engineer is on the way',
    tags,
    params,
    body: Type.Object({ expectedVersion: Version, position: at }),
    response: { 200: Visit, ...writeRefusals },
  },
} as const satisfies RouteContract

export const checkIn = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/check-in',
  schema: {
    operationId: 'checkIn',
    summary: 'The engineer is at the machine',
    tags,
    params,
    body: Type.Object({ expectedVersion: Version, position: at }),
    response: { 200: Visit, ...writeRefusals },
  },
} as const satisfies RouteContract

/** Check-out and report in one: hours and kilometres become labour and travel lines, the ticket waits for the customer. */
export const submitReport = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/report',
  schema: {
    operationId: 'submitReport',
    summary: 'Check out with the completion report',
    tags,
    params,
    body: Type.Object({
      expectedVersion: Version,
      failureModeId: Type.Optional(Id),
      finding: Type.String({ minLength: 2, maxLength: 4_000 }),
      work: Type.String({ minLength: 2, maxLength: 4_000 }),
      outcome: CompletionReport.properties.outcome,
      workHours: Measured,
      travelHours: Measured,
      travelKm: Measured,
      customerName: Type.Optional(Type.String({ maxLength: 60 })),
    }),
    response: { 201: CompletionReport, ...writeRefusals },
  },
} as const satisfies RouteContract

export const listVisits = {
  method: 'GET',
  url: '/api/v1/visits',
  schema: {
    operationId: 'listVisits',
    summary: 'Visits of a span of time',
    tags,
    querystring: Type.Object({ ...listQuery, from: Instant, to: Instant, engineerId: Type.Optional(Id) }),
    response: { 200: ListOf(Visit), ...refusals },
  },
} as const satisfies RouteContract
