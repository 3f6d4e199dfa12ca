/** Fails a session in which batches are under way and nothing is acknowledged any more. */
export interface Watchdog {
  /** Rejects when `timeoutMs` passed without `feed` while it was armed. */
  readonly expired: Promise<never>
  /** Something is under way; keeps a running countdown. */
  arm(): void
  /** Progress: starts the countdown anew, or stops it when nothing is left under way. */
  feed(left: boolean): void
  stop(): void
}

export function createWatchdog(timeoutMs: number): Watchdog {
  let timer: NodeJS.Timeout | undefined
  let expire = () => {}
  const expired = new Promise<never>((_, reject) => {
    expire = () => reject(new Error(`the platform acknowledged nothing for ${timeoutMs / 1_000} s`))
  })
  expired.catch(() => {}) // of interest only while a session races against it
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const arm = () => {
    timer ??= setTimeout(expire, timeoutMs)
  }
  return {
    expired,
    arm,
    feed(left) {
      stop()
      if (left) arm()
    },
    stop,
  }
}
