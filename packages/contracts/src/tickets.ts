import { Type, type Static } from 'typebox'
import { Evidence } from './evidence.ts'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { Margin } from './money.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant, RegionCode, Text, Version } from './scalars.ts'
import {
  plainTicketActions,
  priorities,
  settlementStates,
  TicketActionSchema,
  ticketSources,
  TicketStateSchema,
  ticketTypes,
  verificationStates,
  WaitingForSchema,
} from './ticket-life-cycle.ts'
import { CompletionReport, Visit } from './visits.ts'

const NullableInstant = Type.Union([Instant, Type.Null()])
const NullableId = Type.Union([Id, Type.Null()])

/**
 * A promise to the customer (SLA-1); `dueAt` is null where the tier promises nothing. While the customer is waited for it is
 * `paused`, and its `dueAt` is that of the beginning of the pause.
 */
export const SlaClock = Type.Object({
  kind: literals(['answer', 'arrive', 'restore'] as const),
  dueAt: NullableInstant,
  metAt: NullableInstant,
  state: literals(['running', 'paused', 'met', 'missed', 'none'] as const),
  remainingMs: Type.Union([Type.Integer(), Type.Null()], {
    description: 'what is left of a paused promise in the hours of service, as it was when the pause began; else null',
  }),
})
export type SlaClock = Static<typeof SlaClock>

export const TicketSummary = Type.Object({
  id: Id,
  number: Type.String({ description: 'such as YJ-LQ-261122-007' }),
  version: Type.Integer(),
  type: literals(ticketTypes),
  source: literals(ticketSources),
  state: TicketStateSchema,
  waitingFor: Type.Union([WaitingForSchema, Type.Null()], { description: 'while on hold or awaiting quote approval' }),
  pausedAt: Type.Union([Instant, Type.Null()], {
    description: 'since when the promises stand still, because the customer is waited for',
  }),
  priority: literals(priorities),
  title: Text,
  late: Type.Boolean(),
  assetId: Id,
  assetKey: Type.String(),
  assetName: Type.String(),
  customerId: Id,
  customerName: Type.String(),
  siteId: Id,
  siteName: Type.String(),
  regionCode: RegionCode,
  branchId: NullableId,
  failureModeKey: Type.Union([Type.String(), Type.Null()]),
  failureModeName: Type.Union([Text, Type.Null()]),
  engineerId: NullableId,
  engineerName: Type.Union([Type.String(), Type.Null()]),
  occurredAt: Instant,
  createdAt: Instant,
  closedAt: NullableInstant,
  nextDue: Type.Union([SlaClock, Type.Null()]),
  verification: literals(verificationStates),
  settlement: literals(settlementStates),
})
export type TicketSummary = Static<typeof TicketSummary>

/** One line of the trail (TKT-3): who, when, what, why, and how long it took. */
export const TicketEvent = Type.Object({
  id: Id,
  at: Instant,
  by: Type.String(),
  byRole: Type.String(),
  kind: literals(['opened', 'moved', 'alarm', 'note', 'part', 'money', 'evidence', 'priority'] as const),
  action: Type.Union([TicketActionSchema, Type.Null()]),
  from: Type.Union([TicketStateSchema, Type.Null()]),
  to: Type.Union([TicketStateSchema, Type.Null()]),
  text: Text,
  reason: Type.Union([Type.String(), Type.Null()]),
  heldMs: Type.Union([Type.Integer(), Type.Null()], {
    description: 'how long the ticket was in the state that this step left',
  }),
})
export type TicketEvent = Static<typeof TicketEvent>

/** A step that this person may take now; the screen draws its buttons from these. */
export const AllowedStep = Type.Object({
  action: TicketActionSchema,
  to: TicketStateSchema,
  label: Text,
  requires: Type.Array(Type.String(), { description: 'reason, waiting, engineer, visit or report' }),
  primary: Type.Boolean(),
})
export type AllowedStep = Static<typeof AllowedStep>

export const Ticket = Type.Object({
  ...TicketSummary.properties,
  description: Type.String(),
  reporterName: Type.Union([Type.String(), Type.Null()]),
  reporterPhone: Type.Union([Type.String(), Type.Null()]),
  slaClocks: Type.Array(SlaClock),
  steps: Type.Array(AllowedStep),
  events: Type.Array(TicketEvent),
  alarmIds: Type.Array(Id),
  visits: Type.Array(Visit),
  report: Type.Union([CompletionReport, Type.Null()]),
  /** Null for roles that may not see money. */
  margin: Type.Union([Margin, Type.Null()]),
})
export type Ticket = Static<typeof Ticket>

const tags = ['tickets'] as const
const params = Type.Object({ ticketId: Id })

export const listTickets = {
  method: 'GET',
  url: '/api/v1/tickets',
  schema: {
    operationId: 'listTickets',
    summary: 'The pool: every ticket from every channel',
    tags,
    querystring: Type.Object({
      ...listQuery,
      source: Type.Optional(literals(ticketSources)),
      state: Type.Optional(TicketStateSchema),
      open: Type.Optional(Type.Boolean({ description: 'true: neither closed, archived, cancelled nor merged' })),
      priority: Type.Optional(literals(priorities)),
      type: Type.Optional(literals(ticketTypes)),
      assetId: Type.Optional(Id),
      customerId: Type.Optional(Id),
      engineerId: Type.Optional(Id),
      assigned: Type.Optional(Type.Boolean({ description: 'false: no engineer has it' })),
      overdue: Type.Optional(
        Type.Boolean({ description: 'true: open, and a promise to the customer has passed; a paused one has not' }),
      ),
    }),
    response: { 200: ListOf(TicketSummary), ...refusals },
  },
} as const satisfies RouteContract

export const getTicket = {
  method: 'GET',
  url: '/api/v1/tickets/:ticketId',
  schema: {
    operationId: 'getTicket',
    summary: 'One ticket, whole',
    tags,
    params,
    response: { 200: Ticket, ...refusals },
  },
} as const satisfies RouteContract

export const createTicket = {
  method: 'POST',
  url: '/api/v1/tickets',
  schema: {
    operationId: 'createTicket',
    summary: 'A person reports a fault; open tickets of the machine are answered as possible duplicates, never refused',
    tags,
    body: Type.Object({
      assetId: Id,
      type: literals(ticketTypes),
      source: literals(['phone', 'portal', 'qr', 'email'] as const),
      priority: literals(priorities),
      title: Type.String({ minLength: 2, maxLength: 200 }),
      description: Type.String({ maxLength: 4_000 }),
      reporterName: Type.Optional(Type.String({ maxLength: 60 })),
      reporterPhone: Type.Optional(Type.String({ maxLength: 30 })),
      failureModeId: Type.Optional(Id),
    }),
    response: { 201: Type.Object({ ticket: Ticket, possibleDuplicates: Type.Array(TicketSummary) }), ...writeRefusals },
  },
} as const satisfies RouteContract

export const assignTicket = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/assign',
  schema: {
    operationId: 'assignTicket',
    summary: 'Give the ticket to an engineer; an unqualified one is refused with the reason',
    tags,
    params,
    body: Type.Object({ engineerId: Id, expectedVersion: Version }),
    response: { 200: Ticket, ...writeRefusals },
  },
} as const satisfies RouteContract

export const transitionTicket = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/transitions',
  schema: {
    operationId: 'transitionTicket',
    summary: 'Take one of the allowed steps that need no more than a reason, and to put on hold what is waited for',
    tags,
    params,
    body: Type.Object({
      action: literals(plainTicketActions),
      reason: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
      /** What a ticket that is put on hold waits for. */
      waitingFor: Type.Optional(WaitingForSchema),
      expectedVersion: Version,
    }),
    response: { 200: Ticket, ...writeRefusals },
  },
} as const satisfies RouteContract

export const mergeTicket = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/merge',
  schema: {
    operationId: 'mergeTicket',
    summary: 'This ticket is the same as another, which goes on',
    tags,
    params,
    body: Type.Object({ intoTicketId: Id, expectedVersion: Version }),
    response: { 200: Ticket, ...writeRefusals },
  },
} as const satisfies RouteContract

export const addTicketNote = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/notes',
  schema: {
    operationId: 'addTicketNote',
    summary: 'Say something on the ticket',
    tags,
    params,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 4_000 }) }),
    response: { 201: TicketEvent, ...writeRefusals },
  },
} as const satisfies RouteContract

export const getTicketEvidence = {
  method: 'GET',
  url: '/api/v1/tickets/:ticketId/evidence',
  schema: {
    operationId: 'getTicketEvidence',
    summary: 'What the machine showed when it raised this ticket',
    tags,
    params,
    response: { 200: Type.Object({ items: Type.Array(Evidence) }), ...refusals },
  },
} as const satisfies RouteContract
