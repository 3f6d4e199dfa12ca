import type { FastifyRequest } from 'fastify'

export const sessionCookie = 'fettle_session'

/** The token of a call: `Authorization: Bearer` goes before the cookie. */
export function tokenOf(request: FastifyRequest): string | undefined {
  return bearerOf(request) ?? request.cookies[sessionCookie]
}

function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? []
  return scheme?.toLowerCase() === 'bearer' ? (token ?? '') : undefined
}

/**
 * A write that a cookie authorises must come from our own pages. Browsers say where a request comes from; programs that use
 * a bearer token are not concerned.
 */
export function isForgeable(request: FastifyRequest): boolean {
  if (request.method === 'GET' || bearerOf(request) !== undefined) return false
  const site = request.headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
