import { ApiError } from '@fettle/contracts/client'
import type { DomainErrorCode } from '@fettle/contracts/problem'
import type { Text } from '@fettle/contracts/scalars'

/** How a failure is told; the words are in locales/*\/common.ts under `error`. */
export type ErrorKind =
  | 'offline'
  | 'server'
  | 'unavailable'
  | 'forbidden'
  | 'notFound'
  | 'stale'
  | 'invalid'
  | 'tooMany'
  | 'session'
  | 'refused'
  | 'unknown'

const kindOfCode: Partial<Record<DomainErrorCode, ErrorKind>> = {
  'request/invalid': 'invalid',
  'request/too-large': 'invalid',
  'request/too-many': 'tooMany',
  'session/required': 'session',
  'session/locked': 'tooMany',
  'policy/forbidden': 'forbidden',
  'resource/not-found': 'notFound',
  'resource/stale': 'stale',
  'server/unavailable': 'unavailable',
  'server/internal': 'server',
}

export function errorKind(error: unknown): ErrorKind {
  if (!(error instanceof ApiError)) return 'unknown'
  if (isWrongAddress(error)) return 'notFound'
  if (error.problem) return kindOfCode[error.problem.code] ?? 'refused'
  if (error.status === 0) return 'offline'
  if (error.status === 404) return 'notFound'
  if (error.status === 429) return 'tooMany'
  if (error.status === 502 || error.status === 503 || error.status === 504) return 'unavailable'
  return error.status >= 500 ? 'server' : 'refused'
}

/**
 * Why, as the domain gave it in both languages (`context.reason` or `context.reasons`): a step that is not possible, an
 * engineer who is not qualified. Empty when it gave none; the words of the code stand in then.
 */
export function errorReasons(error: unknown): readonly Text[] {
  if (!(error instanceof ApiError)) return []
  const { reason, reasons } = error.problem?.context ?? {}
  return [reason, ...(Array.isArray(reasons) ? (reasons as unknown[]) : [])].filter(isText)
}

/** The stable code, where the failure has one. */
export function errorCode(error: unknown): DomainErrorCode | undefined {
  return error instanceof ApiError ? error.problem?.code : undefined
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}

/** Fields that were refused: where and why. Nobody filled in what stands in an address. */
export function errorFields(error: unknown): readonly { readonly path: string; readonly message: string }[] {
  return error instanceof ApiError && !isWrongAddress(error) ? (error.problem?.errors ?? []) : []
}

/** An id in the address that can be none: mistyped, or cut off in a message. */
function isWrongAddress({ problem }: ApiError): boolean {
  const fields = problem?.errors ?? []
  return fields.length > 0 && fields.every(({ path }) => path.startsWith('params/'))
}

/** What to quote to support: the stable code and the id of the request. */
export function errorReference(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  if (!error.problem) return error.status === 0 ? undefined : `HTTP ${error.status}`
  const { code, instance } = error.problem
  return instance ? `${code} · ${instance}` : code
}
