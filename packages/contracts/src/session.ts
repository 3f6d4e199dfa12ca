import { Type, type Static } from 'typebox'
import { Problem, refusals } from './problem.ts'
import { RoleSchema } from './roles.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant } from './scalars.ts'

export const Me = Type.Object({
  id: Id,
  username: Type.String(),
  name: Type.String(),
  role: RoleSchema,
  engineerId: Type.Union([Id, Type.Null()]),
  customerId: Type.Union([Id, Type.Null()]),
  branchId: Type.Union([Id, Type.Null()]),
  permissions: Type.Array(Type.String(), { description: 'operation ids that this role may call' }),
  demo: Type.Boolean(),
})
export type Me = Static<typeof Me>

const tags = ['session'] as const

export const signIn = {
  method: 'POST',
  url: '/api/v1/session',
  schema: {
    operationId: 'signIn',
    summary: 'Sign in; sets a cookie and answers the token',
    tags,
    body: Type.Object({
      username: Type.String({ minLength: 1, maxLength: 100 }),
      password: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    response: {
      200: Type.Object({ token: Type.String(), expiresAt: Instant, me: Me }),
      400: Problem,
      401: Problem,
      429: Problem,
    },
  },
} as const satisfies RouteContract

export const signOut = {
  method: 'DELETE',
  url: '/api/v1/session',
  schema: { operationId: 'signOut', summary: 'End this session', tags, response: { 204: Type.Null(), 401: Problem } },
} as const satisfies RouteContract

export const getSession = {
  method: 'GET',
  url: '/api/v1/session',
  schema: {
    operationId: 'getSession',
    summary: 'Who am I, and what may I do',
    tags,
    response: { 200: Me, ...refusals },
  },
} as const satisfies RouteContract

/** Open to anyone: tells the sign-in page whether this is a demonstration and which accounts it has. */
export const getInstance = {
  method: 'GET',
  url: '/api/v1/instance',
  schema: {
    operationId: 'getInstance',
    summary: 'Version and mode of this installation',
    tags,
    response: {
      200: Type.Object({
        version: Type.String(),
        demo: Type.Boolean(),
        demoAccounts: Type.Array(Type.Object({ username: Type.String(), name: Type.String(), role: RoleSchema })),
      }),
    },
  },
} as const satisfies RouteContract
