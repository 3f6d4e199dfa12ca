import type { DomainErrorCode, Problem } from '@fettle/contracts/problem'
import { isDatabaseAway } from '@fettle/db/away'
import { DomainError } from '@fettle/domain/domain-error'
import type { FastifyError, FastifyReply } from 'fastify'

/** A code without a status does not compile. */
const statusOf: Record<DomainErrorCode, number> = {
  'request/invalid': 400,
  'request/too-large': 413,
  'request/too-many': 429,
  'request/idempotency-conflict': 422,
  'request/route-not-found': 404,
  'session/required': 401,
  'session/wrong-credentials': 401,
  'session/locked': 429,
  'policy/forbidden': 403,
  'resource/not-found': 404,
  'resource/stale': 409,
  'ticket/illegal-transition': 409,
  'ticket/requirement-missing': 422,
  'ticket/no-open-visit': 409,
  'engineer/not-qualified': 422,
  'stock/insufficient': 409,
  'stock/serial-required': 422,
  'part/incompatible': 422,
  'money/locked': 409,
  'signal/range-invalid': 422,
  'maintenance/invalid-window': 422,
  'dead-letter/not-replayable': 409,
  'view/name-taken': 409,
  'view/too-many': 409,
  'export/too-many-rows': 422,
  'server/unavailable': 503,
  'server/internal': 500,
}

/** Whatever was thrown, as RFC 9457 problem details. `requestId` is what a user quotes to support. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof DomainError) {
    return problem(error.code, error.message, requestId, isEmpty(error.context) ? {} : { context: error.context })
  }
  const fastifyError = error as Partial<FastifyError>
  if (fastifyError.validation) {
    const errors = fastifyError.validation.map(({ instancePath, message }) => ({
      path: `${fastifyError.validationContext ?? 'body'}${instancePath}`,
      message: message ?? 'is not valid',
    }))
    return problem('request/invalid', 'the request does not match the contract', requestId, { errors })
  }
  if (fastifyError.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return problem('request/too-large', 'the body is too large', requestId)
  if (fastifyError.statusCode === 429)
    return problem('request/too-many', 'too many requests; try again later', requestId)
  if (fastifyError.statusCode !== undefined && fastifyError.statusCode < 500) {
    return problem('request/invalid', fastifyError.message ?? 'the request is not valid', requestId)
  }
  const code = databaseCode(error)
  if (code !== undefined && /^22...$/.test(code)) {
    return problem('request/invalid', 'the request holds a value that cannot be stored', requestId)
  }
  if (isDatabaseAway(error) || isPoolEmpty(error) || (code !== undefined && isTrouble(code))) {
    return problem('server/unavailable', 'the database is away or busy; nothing was changed, try again', requestId)
  }
  return problem('server/internal', 'something went wrong on our side; nothing was changed', requestId)
}

/** A `retryAfterSeconds` in the context is also the header that clients know (RFC 9110, 10.2.3). */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const wait = problem.context?.['retryAfterSeconds']
  if (typeof wait === 'number') void reply.header('retry-after', wait)
  return reply.code(problem.status).type('application/problem+json').send(problem)
}

function problem(
  code: DomainErrorCode,
  title: string,
  requestId: string,
  more: Pick<Problem, 'errors' | 'context'> = {},
): Problem {
  return {
    type: `https://fettle.dev/problems/${code}`,
    title,
    status: statusOf[code],
    code,
    instance: requestId,
    ...more,
  }
}

/** The code of Node's or PostgreSQL's own error, which drizzle wraps. */
function databaseCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : databaseCode(error.cause)
}

/** A server that has no connection left, or ended one of two that waited for each other (PostgreSQL's appendix A). */
function isTrouble(code: string): boolean {
  return /^(53...|40001|40P01)$/.test(code)
}

/** `pg-pool` has no code for it: every connection was in use for too long. */
function isPoolEmpty(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.message === 'timeout exceeded when trying to connect' || isPoolEmpty(error.cause)
}

function isEmpty(context: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(context).length === 0
}
