import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Coverage, Text, Tier } from '../wire.ts'
import { cents, id } from './columns.ts'

/** 网点: a second-level service organisation with its own engineers, stock and prices. */
export const branches = pgTable('branches', {
  id: id(),
  key: text().notNull().unique(),
  name: text().notNull(),
  regionCode: text('region_code').notNull(),
  /** What we pay it: per standard hour, and per kilometre beyond the free ones. */
  hourCostCents: cents('hour_cost_cents').notNull(),
  kmCostCents: cents('km_cost_cents').notNull(),
  freeKm: integer('free_km').notNull(),
})

/** 省市区 with the letters that ticket numbers use and the branch that owns it, if any. */
export const regions = pgTable('regions', {
  code: text().primaryKey(),
  name: jsonb().$type<Text>().notNull(),
  letters: text().notNull(),
  ownerBranchId: uuid('owner_branch_id').references(() => branches.id),
})

export const customers = pgTable('customers', {
  id: id(),
  key: text().notNull().unique(),
  name: text().notNull(),
  city: text().notNull(),
  tier: text().$type<Tier>().notNull(),
  terms: text().notNull(),
  branchId: uuid('branch_id').references(() => branches.id),
})

export const sites = pgTable(
  'sites',
  {
    id: id(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    name: text().notNull(),
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    address: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    gate: text().notNull(),
    stopWindow: text('stop_window'),
    safetyTraining: boolean('safety_training').notNull(),
    contactName: text('contact_name').notNull(),
    contactPhone: text('contact_phone').notNull(),
  },
  (table) => [index().on(table.customerId)],
)

export const serviceContracts = pgTable(
  'service_contracts',
  {
    id: id(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    coverage: text().$type<Coverage>().notNull(),
    tier: text().$type<Tier>().notNull(),
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on').notNull(),
    annualFeeCents: cents('annual_fee_cents').notNull(),
    wearPartsCharged: boolean('wear_parts_charged').notNull(),
  },
  (table) => [index().on(table.customerId)],
)

export const engineers = pgTable('engineers', {
  id: id(),
  key: text().notNull().unique(),
  name: text().notNull(),
  level: integer().notNull(),
  regionCode: text('region_code')
    .notNull()
    .references(() => regions.code),
  baseName: text('base_name').notNull(),
  latitude: doublePrecision().notNull(),
  longitude: doublePrecision().notNull(),
  branchId: uuid('branch_id').references(() => branches.id),
  /** Working days 1–7 (Monday is 1) and hours, local time, such as [1,2,3,4,5] 08:00–18:00. */
  workdays: integer().array().notNull(),
  dayStart: text('day_start').notNull(),
  dayEnd: text('day_end').notNull(),
})

export const engineerSkills = pgTable(
  'engineer_skills',
  {
    engineerId: uuid('engineer_id')
      .notNull()
      .references(() => engineers.id),
    /** Model family: AC, P, IM, VMC, CH. */
    family: text().notNull(),
    level: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.engineerId, table.family] })],
)

export const engineerCertificates = pgTable(
  'engineer_certificates',
  {
    engineerId: uuid('engineer_id')
      .notNull()
      .references(() => engineers.id),
    key: text().notNull(),
    name: jsonb().$type<Text>().notNull(),
    expiresOn: date('expires_on'),
  },
  (table) => [primaryKey({ columns: [table.engineerId, table.key] })],
)

/** Days or hours that an engineer is away. */
export const engineerAbsences = pgTable('engineer_absences', {
  id: id(),
  engineerId: uuid('engineer_id')
    .notNull()
    .references(() => engineers.id),
  startsOn: date('starts_on').notNull(),
  endsOn: date('ends_on').notNull(),
  reason: text().notNull(),
})
