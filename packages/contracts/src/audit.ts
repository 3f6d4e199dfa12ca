import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Instant } from './scalars.ts'

/** One write, by whom and from where; each row carries a hash over itself and the row before it. */
export const AuditRow = Type.Object({
  id: Type.Integer(),
  at: Instant,
  actor: Type.String(),
  role: Type.String(),
  operation: Type.String(),
  entity: Type.Union([Type.String(), Type.Null()]),
  entityId: Type.Union([Type.String(), Type.Null()]),
  outcome: Type.Integer({ description: 'HTTP status' }),
  detail: Type.Record(Type.String(), Type.Unknown()),
  address: Type.Union([Type.String(), Type.Null()]),
  requestId: Type.String(),
})
export type AuditRow = Static<typeof AuditRow>

export const listAudit = {
  method: 'GET',
  url: '/api/v1/audit',
  schema: {
    operationId: 'listAudit',
    summary: 'Who changed what, newest first',
    tags: ['audit'],
    querystring: Type.Object({ ...listQuery, entityId: Type.Optional(Type.String()) }),
    response: { 200: Type.Object({ ...ListOf(AuditRow).properties, intact: Type.Boolean() }), ...refusals },
  },
} as const satisfies RouteContract
