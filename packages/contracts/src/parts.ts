import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Cents, Decimal, Id, Instant, Text } from './scalars.ts'

export const locationKinds = ['centre', 'branch', 'van', 'defective', 'in-transit'] as const
export const movementKinds = ['receipt', 'transfer', 'consume', 'return', 'adjust'] as const

/** What things are counted in, by keys that never change; `domain/parts/units` has their words. */
export const countUnits = [
  'piece',
  'article',
  'rod',
  'strip',
  'machine',
  'set',
  'pair',
  'drum',
  'bottle',
  'item',
  'time',
  'consignment',
] as const
export type CountUnit = (typeof countUnits)[number]
export const Unit = Type.String({ description: `kg, L, h, km and the like, or one of: ${countUnits.join(', ')}` })

export const Part = Type.Object({
  id: Id,
  code: Type.String(),
  name: Text,
  modelFamily: Type.String(),
  unit: Unit,
  costCents: Type.Union([Cents, Type.Null()], { description: 'null for roles that may not see cost' }),
  priceCents: Cents,
  leadDays: Type.Integer(),
  serialised: Type.Boolean(),
  returnOld: Type.Boolean({ description: 'the old part must come back' }),
  onHand: Decimal,
})
export type Part = Static<typeof Part>

export const StockLocation = Type.Object({
  id: Id,
  key: Type.String(),
  name: Type.String(),
  kind: literals(locationKinds),
  engineerId: Type.Union([Id, Type.Null()]),
  branchId: Type.Union([Id, Type.Null()]),
})
export type StockLocation = Static<typeof StockLocation>

export const StockLine = Type.Object({
  partId: Id,
  partCode: Type.String(),
  partName: Text,
  unit: Unit,
  locationId: Id,
  locationName: Type.String(),
  locationKind: literals(locationKinds),
  quantity: Decimal,
  serials: Type.Array(Type.String()),
})
export type StockLine = Static<typeof StockLine>

export const StockMovement = Type.Object({
  id: Id,
  kind: literals(movementKinds),
  partCode: Type.String(),
  partName: Text,
  quantity: Decimal,
  unit: Unit,
  fromLocation: Type.Union([Type.String(), Type.Null()]),
  toLocation: Type.Union([Type.String(), Type.Null()]),
  serial: Type.Union([Type.String(), Type.Null()]),
  ticketId: Type.Union([Id, Type.Null()]),
  ticketNumber: Type.Union([Type.String(), Type.Null()]),
  unitCostCents: Type.Union([Cents, Type.Null()], { description: 'null for roles that may not see cost' }),
  at: Instant,
  by: Type.String(),
})
export type StockMovement = Static<typeof StockMovement>

const tags = ['parts'] as const
export const listParts = {
  method: 'GET',
  url: '/api/v1/parts',
  schema: {
    operationId: 'listParts',
    summary: 'Parts with cost, price and what is on hand',
    tags,
    querystring: Type.Object({ ...listQuery, modelFamily: Type.Optional(Type.String()) }),
    response: { 200: ListOf(Part), ...refusals },
  },
} as const satisfies RouteContract

export const listStock = {
  method: 'GET',
  url: '/api/v1/stock',
  schema: {
    operationId: 'listStock',
    summary: 'What lies where',
    tags,
    querystring: Type.Object({
      ...listQuery,
      partId: Type.Optional(Id),
      locationId: Type.Optional(Id),
      engineerId: Type.Optional(Id),
    }),
    response: { 200: ListOf(StockLine), ...refusals },
  },
} as const satisfies RouteContract

export const listMovements = {
  method: 'GET',
  url: '/api/v1/stock/movements',
  schema: {
    operationId: 'listMovements',
    summary: 'The append-only ledger, newest first',
    tags,
    querystring: Type.Object({ ...listQuery, partId: Type.Optional(Id), ticketId: Type.Optional(Id) }),
    response: { 200: ListOf(StockMovement), ...refusals },
  },
} as const satisfies RouteContract

export const consumePart = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/parts',
  schema: {
    operationId: 'consumePart',
    summary: 'Take a part from a stock location for this ticket: moves stock and writes its cost and revenue, once',
    tags,
    params: Type.Object({ ticketId: Id }),
    body: Type.Object({
      partId: Id,
      locationId: Id,
      quantity: Decimal,
      serial: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      removedSerial: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    }),
    response: { 201: StockMovement, ...writeRefusals },
  },
} as const satisfies RouteContract
