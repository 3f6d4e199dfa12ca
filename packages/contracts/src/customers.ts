import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Cents, Day, Id, Position, RegionCode } from './scalars.ts'

export const tiers = ['platinum', 'gold', 'silver', 'none'] as const
export type Tier = (typeof tiers)[number]

export const Site = Type.Object({
  id: Id,
  customerId: Id,
  name: Type.String(),
  regionCode: RegionCode,
  address: Type.String(),
  position: Position,
  access: Type.Object({
    gate: Type.String({ description: 'how to get in' }),
    stopWindow: Type.Union([Type.String(), Type.Null()], { description: 'when the customer lets machines stand' }),
    safetyTraining: Type.Boolean(),
    contactName: Type.String(),
    contactPhone: Type.String({ description: 'masked for roles that do not need it' }),
  }),
})
export type Site = Static<typeof Site>

export const coverages = ['full', 'labour', 'warranty', 'maintenance', 'none'] as const
export type Coverage = (typeof coverages)[number]

export const ServiceContract = Type.Object({
  id: Id,
  customerId: Id,
  coverage: literals(coverages),
  tier: literals(tiers),
  startsOn: Day,
  endsOn: Day,
  /** Null for roles that may not see money. */
  annualFeeCents: Type.Union([Cents, Type.Null()]),
  wearPartsCharged: Type.Boolean(),
})
export type ServiceContract = Static<typeof ServiceContract>

export const Customer = Type.Object({
  id: Id,
  key: Type.String(),
  name: Type.String(),
  city: Type.String(),
  tier: literals(tiers),
  terms: Type.String(),
  branchId: Type.Union([Id, Type.Null()]),
  sites: Type.Array(Site),
  contracts: Type.Array(ServiceContract),
  assetCount: Type.Integer(),
  openTickets: Type.Integer(),
})
export type Customer = Static<typeof Customer>

const tags = ['customers'] as const
export const listCustomers = {
  method: 'GET',
  url: '/api/v1/customers',
  schema: {
    operationId: 'listCustomers',
    summary: 'Customers with their sites and contracts',
    tags,
    querystring: Type.Object(listQuery),
    response: { 200: ListOf(Customer), ...refusals },
  },
} as const satisfies RouteContract

export const getCustomer = {
  method: 'GET',
  url: '/api/v1/customers/:customerId',
  schema: {
    operationId: 'getCustomer',
    summary: 'One customer',
    tags,
    params: Type.Object({ customerId: Id }),
    response: { 200: Customer, ...refusals },
  },
} as const satisfies RouteContract
