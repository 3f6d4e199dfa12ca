import { delay } from '@fettle/platform/retry'
import type { OnTaken, ReplayOutlet } from './outlet.ts'
import type { Sample } from './sample.ts'

export interface PlayOptions {
  outlet: ReplayOutlet
  /** Played in this order, whatever their times are. */
  samples: AsyncIterable<Sample>
  taken: OnTaken
  /** Ends the playing; it then rejects with the signal's reason. */
  signal: AbortSignal
}

/** Samples at a time: the reader of a server may fetch many in one answer. */
const samplesPerStep = 1_000
/** A pause in a recording may be longer than a timer can be. */
const longestWaitMs = 3_600_000

/** Plays as fast as the reader reads, every sample until it has been read. Resolves when the last one was. */
export async function playStepped({ outlet, samples, taken, signal }: PlayOptions): Promise<void> {
  let waiting: Sample[] = []
  for await (const sample of samples) {
    waiting.push(sample)
    if (waiting.length < samplesPerStep) continue
    await outlet.step(waiting, taken, signal)
    waiting = []
  }
  if (waiting.length > 0) await outlet.step(waiting, taken, signal)
}

export interface SpeedOptions extends PlayOptions {
  /** Seconds of the recording in one second. */
  speed: number
  /** A clock that is never put back, in ms. */
  monotonicMs: () => number
}

/**
 * Plays by the clock, `speed` times as fast as it was recorded, whether or not anybody reads. It begins when the first sample
 * has been read, and ends when the last one was. Where the recording goes back in time it goes on without a pause.
 */
export async function playAtSpeed(options: SpeedOptions): Promise<void> {
  const { outlet, samples, taken, signal, speed, monotonicMs } = options
  let before: Sample | undefined
  let dueMs = 0

  async function playOne(sample: Sample, isLast: boolean): Promise<void> {
    if (before) {
      dueMs += Math.max(0, sample.tsMs - before.tsMs) / speed
      await until(dueMs, monotonicMs, signal)
    }
    if (before && !isLast) await outlet.show(sample, taken, signal)
    else await outlet.step([sample], taken, signal)
    if (!before) dueMs = monotonicMs()
    before = sample
  }

  let next: Sample | undefined
  for await (const sample of samples) {
    if (next) await playOne(next, false)
    next = sample
  }
  if (next) await playOne(next, true)
}

async function until(dueMs: number, monotonicMs: () => number, signal: AbortSignal): Promise<void> {
  for (let waitMs = dueMs - monotonicMs(); waitMs > 0; waitMs = dueMs - monotonicMs()) {
    await delay(Math.min(waitMs, longestWaitMs), signal)
  }
  signal.throwIfAborted()
}
