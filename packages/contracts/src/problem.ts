import { Type, type Static } from 'typebox'
import { literals } from './literals.ts'

/** Every way a call can fail for a reason of the domain. `api/src/problem.ts` gives each one its HTTP status. */
export const domainErrorCodes = [
  'request/invalid',
  'request/too-large',
  'request/too-many',
  'request/idempotency-conflict',
  'request/route-not-found',
  'session/required',
  'session/wrong-credentials',
  'session/locked',
  'policy/forbidden',
  'resource/not-found',
  'resource/stale',
  'ticket/illegal-transition',
  'ticket/requirement-missing',
  'ticket/no-open-visit',
  'engineer/not-qualified',
  'stock/insufficient',
  'stock/serial-required',
  'part/incompatible',
  'money/locked',
  'signal/range-invalid',
  'maintenance/invalid-window',
  'dead-letter/not-replayable',
  'view/name-taken',
  'view/too-many',
  'export/too-many-rows',
  'server/unavailable',
  'server/internal',
] as const
export type DomainErrorCode = (typeof domainErrorCodes)[number]

/** RFC 9457. `code` is stable and meant for programs; `title` is for people. */
export const Problem = Type.Object({
  type: Type.String({ format: 'uri-reference' }),
  title: Type.String(),
  status: Type.Integer(),
  code: literals(domainErrorCodes),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String({ description: 'request id to quote to support' })),
  errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  context: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type Problem = Static<typeof Problem>

/** The replies that any guarded route may give. */
export const refusals = { 400: Problem, 401: Problem, 403: Problem, 404: Problem } as const
/** Refusals of a write: someone was faster, or the state does not allow it. */
export const writeRefusals = { ...refusals, 409: Problem, 422: Problem } as const
