/** The longest delay that a timer can hold; Node turns a longer one into 1 ms. */
const maxTimerMs = 2 ** 31 - 1

/** Resolves after `ms` (0 or less: on the next timer turn); rejects with `signal.reason` as soon as `signal` aborts. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  if (Number.isNaN(ms) || ms > maxTimerMs) return Promise.reject(new RangeError(`delay: cannot wait ${ms} ms`))
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      },
      Math.max(0, ms),
    )
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

export interface BackoffOptions {
  /** Upper bound of the first delay. */
  initialMs: number
  /** Upper bound that the doubling stops at. */
  maxMs: number
  /** Uniform in [0, 1); passed in so that a test is deterministic. */
  random?: () => number
}

export interface Backoff {
  /** The next delay in milliseconds. */
  next(): number
  /** Call after a success: the next delay is short again. */
  reset(): void
}

/**
 * Exponential back-off with full jitter: the n-th delay is uniform in [0, min(maxMs, initialMs * 2^n)), which spreads a
 * crowd of clients best (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 */
export function backoff({ initialMs, maxMs, random = Math.random }: BackoffOptions): Backoff {
  let ceilingMs = Math.min(initialMs, maxMs)
  return {
    next() {
      const delayMs = random() * ceilingMs
      ceilingMs = Math.min(ceilingMs * 2, maxMs)
      return delayMs
    },
    reset() {
      ceilingMs = Math.min(initialMs, maxMs)
    },
  }
}

export interface RetryOptions extends Partial<BackoffOptions> {
  /** Ends the retrying, also in the middle of a delay: `retry` rejects with the signal's reason. */
  signal: AbortSignal
  /** How often `fn` is called at most; default without end. */
  attempts?: number
  /** False for an error that will not go away by itself; default: every error is worth another attempt. */
  retryable?: (error: unknown) => boolean
  /** Told before each delay, for a log line; `attempt` counts from 1. */
  onRetry?: (failure: { error: unknown; attempt: number; delayMs: number }) => void
}

/** Calls `fn` until it succeeds, with a back-off between attempts (100 ms doubling to 30 s unless told otherwise). */
export async function retry<T>(fn: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, attempts = Infinity, retryable = () => true, onRetry } = options
  const wait = backoff({ initialMs: 100, maxMs: 30_000, ...options })
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await fn(attempt)
    } catch (error) {
      if (attempt >= attempts || !retryable(error)) throw error
      signal.throwIfAborted()
      const delayMs = wait.next()
      onRetry?.({ error, attempt, delayMs })
      await delay(delayMs, signal)
    }
  }
}
