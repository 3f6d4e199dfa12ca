import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type {
  Evidence,
  Priority,
  SettlementState,
  Text,
  TicketAction,
  TicketSource,
  TicketState,
  TicketType,
  VerificationState,
  VisitState,
  WaitingFor,
} from '../wire.ts'
import { assets, failureModes } from './assets.ts'
import { epochMs, id, instant } from './columns.ts'
import { branches, customers, engineers, sites } from './organisation.ts'

export const tickets = pgTable(
  'tickets',
  {
    id: id(),
    version: integer().notNull().default(1),
    number: text().notNull().unique(),
    type: text().$type<TicketType>().notNull(),
    source: text().$type<TicketSource>().notNull(),
    state: text().$type<TicketState>().notNull(),
    /** Where an interrupted ticket goes on. */
    resumeState: text('resume_state').$type<TicketState>(),
    priority: text().$type<Priority>().notNull(),
    title: jsonb().$type<Text>().notNull(),
    description: text().notNull().default(''),
    reporterName: text('reporter_name'),
    reporterPhone: text('reporter_phone'),
    /** Found in backfilled readings: it paged nobody. */
    late: boolean().notNull().default(false),
    assetId: uuid('asset_id')
      .notNull()
      .references(() => assets.id),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    siteId: uuid('site_id')
      .notNull()
      .references(() => sites.id),
    /** As of opening; what scopes are measured by. */
    regionCode: text('region_code').notNull(),
    branchId: uuid('branch_id').references(() => branches.id),
    failureModeId: uuid('failure_mode_id').references(() => failureModes.id),
    engineerId: uuid('engineer_id').references(() => engineers.id),
    mergedIntoId: uuid('merged_into_id'),
    occurredAt: instant('occurred_at').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When the present state began. */
    stateSince: instant('state_since').notNull(),
    closedAt: instant('closed_at'),
    answerDueAt: instant('answer_due_at'),
    answeredAt: instant('answered_at'),
    arriveDueAt: instant('arrive_due_at'),
    arrivedAt: instant('arrived_at'),
    restoreDueAt: instant('restore_due_at'),
    restoredAt: instant('restored_at'),
    /** Whom an interrupted ticket waits for; null while it is not interrupted. */
    waitingFor: text('waiting_for').$type<WaitingFor>(),
    /** Since when the promises stand still, because the customer is waited for. */
    slaPausedAt: instant('sla_paused_at'),
    verification: text().$type<VerificationState>().notNull(),
    settlement: text().$type<SettlementState>().notNull(),
  },
  (table) => [
    /** DESIGN promise 3: one open machine-raised ticket per asset and failure mode. */
    uniqueIndex('one_open_alarm_ticket')
      .on(table.assetId, table.failureModeId)
      .where(sql`source = 'alarm' and state not in ('closed', 'archived', 'cancelled', 'merged')`),
    index().on(table.state, table.createdAt),
    index().on(table.assetId, table.createdAt),
    index().on(table.customerId),
    index().on(table.engineerId),
  ],
)

/** Running number of a day for a type and a region, for `WX-LC-261122-007`. */
export const ticketCounters = pgTable(
  'ticket_counters',
  {
    prefix: text().notNull(),
    day: date().notNull(),
    last: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.prefix, table.day] })],
)

/** The trail: append-only. `onceKey` makes what a repeated job would write again a no-op. */
export const ticketEvents = pgTable(
  'ticket_events',
  {
    id: id(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id),
    at: instant('at').notNull(),
    by: text().notNull(),
    byRole: text('by_role').notNull(),
    kind: text().$type<'opened' | 'moved' | 'alarm' | 'note' | 'part' | 'money' | 'evidence' | 'priority'>().notNull(),
    action: text().$type<TicketAction>(),
    from: text('from_state').$type<TicketState>(),
    to: text('to_state').$type<TicketState>(),
    text: jsonb().$type<Text>().notNull(),
    reason: text(),
    onceKey: text('once_key').unique(),
  },
  (table) => [index().on(table.ticketId, table.at)],
)

export const ticketEvidence = pgTable(
  'ticket_evidence',
  {
    id: id(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id),
    alarmId: uuid('alarm_id').notNull(),
    fromMs: epochMs('from_ms').notNull(),
    toMs: epochMs('to_ms').notNull(),
    raisedMs: epochMs('raised_ms').notNull(),
    freezesAt: instant('freezes_at').notNull(),
    frozenAt: instant('frozen_at'),
    content: jsonb()
      .$type<Pick<Evidence, 'ruleVersion' | 'ruleText' | 'trends' | 'quality' | 'repairs' | 'likelyFailures'>>()
      .notNull(),
  },
  (table) => [uniqueIndex('ticket_evidence_once').on(table.ticketId, table.alarmId), index().on(table.alarmId)],
)

export const visits = pgTable(
  'visits',
  {
    id: id(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id),
    engineerId: uuid('engineer_id')
      .notNull()
      .references(() => engineers.id),
    state: text().$type<VisitState>().notNull(),
    plannedStart: instant('planned_start').notNull(),
    plannedEnd: instant('planned_end').notNull(),
    departedAt: instant('departed_at'),
    checkedInAt: instant('checked_in_at'),
    checkedInDistanceM: doublePrecision('checked_in_distance_m'),
    checkedOutAt: instant('checked_out_at'),
    workHours: numeric('work_hours', { precision: 8, scale: 2 }),
    travelHours: numeric('travel_hours', { precision: 8, scale: 2 }),
    travelKm: numeric('travel_km', { precision: 10, scale: 2 }),
  },
  (table) => [index().on(table.ticketId), index().on(table.engineerId, table.plannedStart)],
)

export const completionReports = pgTable('completion_reports', {
  id: id(),
  ticketId: uuid('ticket_id')
    .notNull()
    .references(() => tickets.id),
  /** A report that was returned is written anew; the newest counts. */
  visitId: uuid('visit_id')
    .notNull()
    .references(() => visits.id),
  failureModeId: uuid('failure_mode_id').references(() => failureModes.id),
  finding: text().notNull(),
  work: text().notNull(),
  outcome: text()
    .$type<'confirmed' | 'false-alarm' | 'sensor-fault' | 'operating-conditions' | 'misuse' | 'not-reproduced'>()
    .notNull(),
  restoredAt: instant('restored_at').notNull(),
  writtenAt: instant('written_at').notNull(),
  writtenBy: text('written_by').notNull(),
  customerName: text('customer_name'),
})
