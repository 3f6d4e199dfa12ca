import { UPLINK_LIMITS } from '@fettle/contracts/uplink'
import type { Clock } from '@fettle/platform/clock'

/** What time it is at the server, epoch ms. Until it has told, our own time. */
export interface ServerClock {
  now(): number
  /** The server stamped something that has just arrived; what is no time is ignored. */
  heard(timeMs: number): void
}

export function createServerClock(clock: Clock): ServerClock {
  let last: { timeMs: number; heardMs: number } | undefined
  return {
    // The monotonic clock: ours may be corrected meanwhile.
    now: () => (last ? Math.round(last.timeMs + performance.now() - last.heardMs) : clock.now()),
    heard(timeMs) {
      if (timeMs >= UPLINK_LIMITS.earliestMs) last = { timeMs, heardMs: performance.now() }
    },
  }
}
