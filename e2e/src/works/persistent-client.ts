import { isDeepStrictEqual } from 'node:util'
import { randomUUID } from 'node:crypto'
import { ApiError, createClient } from '@fettle/contracts/client'
import type { ReplyOf, RequestOf, RouteContract } from '@fettle/contracts/route'
import { signIn } from '@fettle/contracts/session'
import { retry } from '@fettle/platform/retry'

/** Calls the API until it answers. A write always says the same `Idempotency-Key`, so it has its effect once. */
export interface PersistentCall {
  <C extends RouteContract>(contract: C, request: RequestOf<C>, options?: PersistentOptions): Promise<ReplyOf<C>>
}

export interface PersistentOptions {
  /** Sends it twice at the same time, as an impatient thumb does; both must be answered the same. */
  twice?: boolean
}

export interface PersistentClientOptions {
  /** Of the API, asked before each attempt: it may have moved. */
  origin: () => string
  username: string
  password: string
  /** Told of every answer that is no failure. */
  onAnswer?: () => void
}

/** Signs in once: a session outlives every restart. Any refusal (4xx) rejects at once. */
export async function persistentClient(options: PersistentClientOptions): Promise<PersistentCall> {
  const { origin, username, password, onAnswer = () => {} } = options
  const fetchThere: typeof fetch = (input, init) =>
    fetch(new URL(input instanceof Request ? input.url : input, origin()), init)
  let token: string | undefined
  const call = createClient({ fetch: fetchThere, token: () => token })

  function untilAnswered<T>(attempt: () => Promise<T>): Promise<T> {
    return retry(attempt, {
      signal: AbortSignal.timeout(6e5),
      initialMs: 30,
      maxMs: 500,
      retryable: (error) => error instanceof ApiError && (error.status === 0 || error.status >= 500),
    })
  }

  token = (await untilAnswered(() => call(signIn, { body: { username, password } }))).token
  return async (contract, request, { twice = false } = {}) => {
    const idempotencyKey = contract.method === 'GET' ? {} : { idempotencyKey: randomUUID() }
    const attempt = async () => {
      const answer = await call(contract, request, idempotencyKey)
      onAnswer()
      return answer
    }
    const answers = await Promise.all([attempt, ...(twice ? [attempt] : [])].map(untilAnswered))
    const [answer] = answers
    if (answers.some((other) => !isDeepStrictEqual(other, answer))) {
      throw new Error(
        `${contract.schema.operationId} answered the same request in two ways: ${JSON.stringify(answers)}`,
      )
    }
    return answer as ReplyOf<typeof contract>
  }
}
