/** Where "now" comes from. Passed in everywhere, so that a test owns time. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export interface FakeClock extends Clock {
  /** Moves forward by `ms`; a clock in tests never runs by itself. */
  advance(ms: number): void
}

/** A clock that stands still at `startMs` until it is advanced. */
export function fakeClock(startMs: number): FakeClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms
    },
  }
}
