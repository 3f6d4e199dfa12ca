import type { SegmentLogError } from './segment-log-error.ts'

/** Lets consumers sleep until there is something to read. */
export interface Arrivals {
  /** Resolves when the log reaches beyond `position`; rejects with the signal's reason or with the log's refusal. */
  wait(position: number, signal: AbortSignal): Promise<void>
  /** The log now ends at `next`: wakes those who waited for less. */
  announce(next: number): void
  /** Nothing will ever arrive again: all who wait, now and later, get `error`. */
  refuse(error: SegmentLogError): void
}

interface Waiter {
  position: number
  resolve(): void
  reject(error: unknown): void
}

export function arrivals(startNext: number): Arrivals {
  const waiters = new Set<Waiter>()
  let end = startNext
  let refusal: SegmentLogError | undefined

  return {
    wait(position, signal) {
      if (signal.aborted) return Promise.reject(signal.reason as Error)
      if (end > position) return Promise.resolve()
      if (refusal) return Promise.reject(refusal)
      return new Promise((resolve, reject) => {
        const settle = () => {
          signal.removeEventListener('abort', onAbort)
          waiters.delete(waiter)
        }
        const onAbort = () => waiter.reject(signal.reason)
        const waiter: Waiter = {
          position,
          resolve: () => (settle(), resolve()),
          reject: (error) => (settle(), reject(error as Error)),
        }
        waiters.add(waiter)
        signal.addEventListener('abort', onAbort, { once: true })
      })
    },
    announce(next) {
      end = next
      for (const waiter of waiters) if (next > waiter.position) waiter.resolve()
    },
    refuse(error) {
      refusal = error
      for (const waiter of waiters) waiter.reject(error)
    },
  }
}
