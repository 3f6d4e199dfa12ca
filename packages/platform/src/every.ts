import { delay } from './retry.ts'

/**
 * Ticks at once and then every `periodMs` milliseconds until `signal` aborts; abort ends the loop, it does not throw.
 *
 * Ticks stay on the grid `start + n * periodMs`. After a slow consumer or a stalled process one late tick comes at once and
 * the others that were missed are left out, so a stall is never followed by a burst. Each tick yields its number `n` on
 * the grid: a step of more than one tells how many were left out.
 */
export async function* every(periodMs: number, signal: AbortSignal): AsyncGenerator<number, void, void> {
  if (!(periodMs > 0)) throw new RangeError(`every: periodMs must be above 0, got ${periodMs}`)
  // The monotonic clock: a corrected wall clock must neither stop a poller nor make it race.
  const startMs = performance.now()
  let tick = 0
  while (!signal.aborted) {
    yield tick
    const elapsedMs = performance.now() - startMs
    tick = Math.max(tick + 1, Math.floor(elapsedMs / periodMs))
    try {
      await delay(startMs + tick * periodMs - performance.now(), signal)
    } catch {
      return // delay fails only by abort
    }
  }
}
