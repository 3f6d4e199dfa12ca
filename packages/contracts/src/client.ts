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
    const { body } = request as Parts
    const bearer = token?.()
    const response = await fetch(origin + addressOf(contract, request), {
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
    if (!response.ok) throw await refusalOf(response)
    return (await response.json().catch(() => null)) as ReplyOf<C>
  }
}
export type Call = ReturnType<typeof createClient>

/** Path and query of a call, for those who read an answer that is no JSON themselves. */
export function addressOf<C extends RouteContract>(contract: C, request: RequestOf<C>): string {
  const { params, querystring } = request as Parts
  return fillUrl(contract.url, params) + queryOf(querystring)
}

/** What an answer that is not `ok` says. */
export async function refusalOf(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => null)
  return new ApiError(response.status, isProblem(answer) ? answer : null)
}

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
