import type { Problem } from './problem.ts'
import type { ReplyOf, RequestOf, RouteContract } from './route.ts'

/** A refused or failed call. `problem` is null when the answer was not one of ours (a proxy, no network). */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem | null
  constructor(status: number, problem: Problem | null, options?: ErrorOptions) {
    super(problem?.title ?? (status === 0 ? 'no connection' : `HTTP ${status}`), options)
    this.name = 'ApiError'
    this.status = status
    this.problem = problem
  }
}

export interface ClientOptions {
  /** Such as `http://127.0.0.1:8080`; empty in a browser on the same origin. */
  readonly origin?: string
  readonly token?: () => string | undefined
  readonly fetch?: typeof globalThis.fetch
}
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Repeating a write with the same key repeats its answer, not its effect. */
  readonly idempotencyKey?: string
}

interface Parts {
  readonly params?: Record<string, string | number>
  readonly querystring?: Record<string, string | number | boolean | undefined>
  readonly body?: unknown
}

/** `call(assignTicket, { params, body })`: typed by the contract, no code generation. Throws ApiError. */
export function createClient({ origin = '', token, fetch = globalThis.fetch }: ClientOptions = {}) {
  return async function call<C extends RouteContract>(
    contract: C,
    request: RequestOf<C>,
    { signal, idempotencyKey }: CallOptions = {},
  ): Promise<ReplyOf<C>> {
    const { params, querystring, body } = request as Parts
    const bearer = token?.()
    const response = await fetch(origin + fillUrl(contract.url, params) + queryOf(querystring), {
      method: contract.method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause
      throw new ApiError(0, null, { cause })
    })
    if (response.status === 204) return undefined as ReplyOf<C>
    const answer: unknown = await response.json().catch(() => null)
    if (!response.ok) throw new ApiError(response.status, isProblem(answer) ? answer : null)
    return answer as ReplyOf<C>
  }
}
export type Call = ReturnType<typeof createClient>

function fillUrl(url: string, params: Parts['params']): string {
  return url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])))
}

function queryOf(query: Parts['querystring']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? '' : `?${search}`
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer
}
