import type { OperationId } from '@fettle/contracts/operations'
import { DomainError } from '@fettle/domain/domain-error'
import type { FastifyRequest } from 'fastify'
import { isForgeable, tokenOf } from '../sessions/session-token.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { permissions, permits } from './permissions.ts'

/**
 * Stands before every route of the API. A route without an operation id in the policy's table is refused, so that nothing
 * becomes public by being forgotten.
 */
export function createGuard(sessions: Sessions) {
  return async function guard(request: FastifyRequest): Promise<void> {
    const operation = operationOf(request)
    if (operation === undefined) throw new DomainError('policy/forbidden', 'this route has no policy')
    if (permissions[operation] === 'open') return
    const token = tokenOf(request)
    const actor = token === undefined ? undefined : await sessions.actorBy(token)
    if (!actor) throw new DomainError('session/required', 'sign in first')
    request.actor = actor
    if (isForgeable(request)) throw new DomainError('policy/forbidden', 'this request comes from another site')
    if (!permits(actor.role, operation)) {
      throw new DomainError('policy/forbidden', 'your role may not do this', { operation, role: actor.role })
    }
  }
}

export function operationOf(request: FastifyRequest): OperationId | undefined {
  const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string }
  return operationId !== undefined && operationId in permissions ? (operationId as OperationId) : undefined
}
