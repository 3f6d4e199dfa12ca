import type { Rank } from './finding.ts'

/**
 * The memory of one threshold rule on one signal. It is changed in place, since a reading that changes nothing must cost
 * nothing. Times are event times in epoch ms; NaN means "not running", and every comparison with NaN is false.
 */
export interface ThresholdState {
  /** The level of the open episode; 0 when there is none. */
  level: Rank
  /** When the open episode was raised. */
  raisedAt: number
  /** The worst level of the open episode, and the value farthest out on that side. */
  peak: Rank
  peakValue: number
  /** The newest usable reading, and how far apart readings lately were (see `threshold.ts`, on gaps). */
  lastAt: number
  paceMs: number
  /** The side that the readings are over a limit on, and since when over its first (h, l) and second (hh, ll) limit. */
  side: -1 | 0 | 1
  overFirstSince: number
  overSecondSince: number
  /** Since when the readings are back inside the first and second limit of the episode's side, by the band. */
  insideFirstSince: number
  insideSecondSince: number
}

/** A rule that has seen nothing yet. */
export function beginThreshold(): ThresholdState {
  return {
    level: 0,
    raisedAt: NaN,
    peak: 0,
    peakValue: NaN,
    lastAt: NaN,
    paceMs: 0,
    side: 0,
    overFirstSince: NaN,
    overSecondSince: NaN,
    insideFirstSince: NaN,
    insideSecondSince: NaN,
  }
}

/** Forgets what was about to be proven, not what was: an open episode stays open. */
export function forgetHolds(state: ThresholdState): void {
  state.side = 0
  state.overFirstSince = NaN
  state.overSecondSince = NaN
  state.insideFirstSince = NaN
  state.insideSecondSince = NaN
}

/** As JSON: two numbers while nothing happens, eleven otherwise. Times are relative to `baseMs`; NaN is null. */
export type PackedThreshold = readonly (number | null)[]

export function packThreshold(state: ThresholdState, baseMs: number): PackedThreshold {
  const { level, peak, peakValue, paceMs, side } = state
  const time = (at: number) => (Number.isNaN(at) ? null : at - baseMs)
  const quiet = [time(state.lastAt), paceMs]
  if (level === 0 && side === 0) return quiet
  const holds = [state.overFirstSince, state.overSecondSince, state.insideFirstSince, state.insideSecondSince]
  return [
    ...quiet,
    level,
    time(state.raisedAt),
    peak,
    Number.isNaN(peakValue) ? null : peakValue,
    side,
    ...holds.map(time),
  ]
}

export function unpackThreshold(packed: PackedThreshold, baseMs: number): ThresholdState {
  const time = (index: number) => (packed[index] ?? NaN) + baseMs
  return {
    lastAt: time(0),
    paceMs: packed[1] ?? 0,
    level: (packed[2] ?? 0) as Rank,
    raisedAt: time(3),
    peak: (packed[4] ?? 0) as Rank,
    peakValue: packed[5] ?? NaN,
    side: (packed[6] ?? 0) as -1 | 0 | 1,
    overFirstSince: time(7),
    overSecondSince: time(8),
    insideFirstSince: time(9),
    insideSecondSince: time(10),
  }
}
