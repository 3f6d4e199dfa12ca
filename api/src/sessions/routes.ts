import { getInstance, getSession, signIn, signOut, type Me } from '@fettle/contracts/session'
import { users } from '@fettle/db/schema/identity'
import { asc, inArray } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Actor } from '../policy/actor.ts'
import { permittedOperations } from '../policy/permissions.ts'
import { sessionCookie, tokenOf } from './session-token.ts'
import type { Origin, Sessions } from './sessions.ts'

/** Sign-in is limited by address: guessing a password must not be a matter of patience. */
const signInLimit = { max: 20, timeWindow: '1 minute' }

export function sessionRoutes(app: App, sessions: Sessions, { database, demoAccounts, version }: Dependencies): void {
  const demo = demoAccounts.length > 0
  const me = (actor: Actor): Me => ({
    id: actor.id,
    username: actor.username,
    name: actor.name,
    role: actor.role,
    engineerId: actor.engineerId,
    customerId: actor.customerId,
    branchId: actor.branchId,
    permissions: permittedOperations(actor.role),
    demo,
  })

  app.route({
    ...signIn,
    config: { rateLimit: signInLimit },
    handler: async (request, reply) => {
      const { body, protocol } = request
      const { token, expiresAt, actor } = await sessions.signIn(body.username, body.password, originOf(request))
      void reply.setCookie(sessionCookie, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: protocol === 'https',
        expires: expiresAt,
      })
      return { token, expiresAt: expiresAt.toISOString(), me: me(actor) }
    },
  })

  app.route({
    ...signOut,
    handler: async (request, reply) => {
      const token = tokenOf(request)
      if (token !== undefined) await sessions.signOut(request.actor, token, originOf(request))
      return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null)
    },
  })

  app.route({ ...getSession, handler: async ({ actor }) => me(actor) })

  app.route({
    ...getInstance,
    handler: async () => {
      const accounts = demo
        ? await database.db
            .select({ username: users.username, name: users.name, role: users.role })
            .from(users)
            .where(inArray(users.username, [...demoAccounts]))
            .orderBy(asc(users.id))
        : []
      return { version, demo, demoAccounts: accounts }
    },
  })
}

const originOf = ({ ip, id }: FastifyRequest): Origin => ({ address: ip, requestId: id })
