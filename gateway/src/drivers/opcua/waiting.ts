import { delay } from '@fettle/platform/retry'

/** Lets go of what cannot be cancelled: settles as `promise` does, or rejects with the reason of `signal` before. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

const politenessMs = 1_000

/** Gives a farewell a moment: a dead server would never answer it. */
export async function politely(farewell: Promise<unknown>): Promise<void> {
  const answered = new AbortController()
  await Promise.race([farewell.catch(() => {}), delay(politenessMs, answered.signal).catch(() => {})])
  answered.abort()
}
