import { createHash } from 'node:crypto'
import type { Db, Tx } from '@fettle/db/client'
import { idempotencyKeys } from '@fettle/db/schema/identity'
import { DomainError } from '@fettle/domain/domain-error'
import type { Clock } from '@fettle/platform/clock'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { recordAudit } from './audit/record.ts'
import { operationOf } from './policy/guard.ts'
import { unstorableText } from './unstorable-text.ts'

/** What a write touches, for the audit trail. */
export interface Subject {
  readonly entity: string
  readonly entityId: string | null
}

/**
 * The one way to change something: a single transaction holds the effect, its audit row and, where the caller sent an
 * `Idempotency-Key`, the answer to repeat. A repeated call waits for the first and answers the same, for thirty days; the same
 * key with another request is refused.
 */
export function createWrite(db: Db, clock: Clock) {
  return async function write<T>(
    request: FastifyRequest,
    subject: Subject | ((result: T) => Subject),
    effect: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    return db.transaction(async (tx) => {
      const key = idempotencyKeyOf(request)
      const earlier = key === undefined ? undefined : await claim(tx, key, request, clock)
      if (earlier) return earlier.reply as T
      const result = await effect(tx)
      if (key !== undefined) await tx.update(idempotencyKeys).set({ reply: result }).where(eq(idempotencyKeys.key, key))
      await recordAudit(tx, auditOf(request, clock, 200, typeof subject === 'function' ? subject(result) : subject))
      return result
    })
  }
}
export type Write = ReturnType<typeof createWrite>

/** A body beyond what any contract describes is not kept: the trail would grow by what was refused. */
const keptBodyChars = 32_768

/** The audit row of a write, done or refused. Sessions write their own, without a body: a sign-in's has the password. */
export function auditOf(request: FastifyRequest, clock: Clock, outcome: number, subject: Subject) {
  const operation = operationOf(request) ?? 'unknown'
  return {
    at: new Date(clock.now()),
    actorId: request.actor.id,
    actor: request.actor.username,
    role: request.actor.role,
    operation,
    entity: subject.entity,
    entityId: subject.entityId,
    outcome,
    detail: { params: request.params, body: keptBody(request.body) },
    address: request.ip,
    requestId: request.id,
  }
}

function keptBody(body: unknown): unknown {
  if (body === undefined) return null
  const fault = unstorableText(body)
  if (fault) return { omitted: fault.reason }
  const { length } = JSON.stringify(body)
  return length <= keptBodyChars ? body : { omitted: `${length} characters` }
}

/** Takes the key for this transaction, or returns the answer that it already stands for. */
async function claim(tx: Tx, key: string, request: FastifyRequest, clock: Clock) {
  const requestHash = hashOf(request)
  const [mine] = await tx
    .insert(idempotencyKeys)
    .values({
      key,
      operation: operationOf(request) ?? 'unknown',
      requestHash,
      createdAt: new Date(clock.now()),
    })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (mine) return undefined
  const [earlier] = await tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, key))
  // The one that the insert met was deleted a moment ago, after thirty days: the caller tries again.
  if (!earlier) throw new DomainError('server/unavailable', 'this Idempotency-Key is being forgotten; try again')
  if (earlier.requestHash !== requestHash) {
    throw new DomainError('request/idempotency-conflict', 'this Idempotency-Key was used for another request')
  }
  return earlier
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  if (typeof header !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(header)) {
    throw new DomainError('request/invalid', 'Idempotency-Key must be 8 to 200 printable characters')
  }
  return `${request.actor.id}:${header}`
}

function hashOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex')
}
