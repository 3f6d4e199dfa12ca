import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Logger } from '@fettle/platform/logging'
import type { FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import type { Actor } from './policy/actor.ts'

/** The Fastify instance with our type provider: a contract spread into `app.route` types params, body and reply. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard before any handler of a guarded route runs. */
    actor: Actor
  }
}
