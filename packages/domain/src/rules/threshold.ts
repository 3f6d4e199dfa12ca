import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { QUALITY, type Quality } from '@fettle/contracts/uplink'
import { checkThreshold } from './check-threshold.ts'
import { levelOfRank, type Finding, type Rank } from './finding.ts'
import { forgetHolds, type ThresholdState } from './threshold-state.ts'

/**
 * How much a reading may count. `suppressed` (machine stopped, tripped or starting up) proves nothing at all: an open
 * episode stays as it is until the machine runs again, so a trip neither ends its alarm nor starts another. `clearing`
 * (maintenance) can only end or lower an episode.
 */
export const ATTENTION = { suppressed: 0, clearing: 1, full: 2 } as const
export type Attention = (typeof ATTENTION)[keyof typeof ATTENTION]

/** Data may pause this long, or three times the hold or the signal's usual pace if that is more, before a hold starts anew. */
export const PAUSE_MS = 60_000

/** Takes the next reading into `state`; the finding when that changed the episode. Readings must come in rising time. */
export type ThresholdStep = (
  state: ThresholdState,
  at: number,
  value: number,
  quality: Quality,
  attention: Attention,
) => Finding | undefined

/**
 * Compiles a threshold rule once into a step that allocates nothing unless it finds something. All on event time:
 *
 * - **Over**: at or beyond a limit. A level is reached when every reading was over its limit for `onDelayMs`, counted from
 *   the first such reading; each level has its own hold. The farthest level reached raises the episode or lifts it. The
 *   other side's level takes the episode over when it is reached before the episode cleared.
 * - **Back inside**: beyond the limit by more than `band`. A level is left when every reading was back inside for
 *   `offDelayMs`; leaving the first one clears the episode. Between limit and band nothing changes, so noise cannot flap.
 * - **A gap is no evidence**: when two readings lie farther apart than `pauseLimit`, both holds start anew after it.
 *   The episode stays. A signal that is always slow sets its own pace and still proves its holds.
 * - A **bad** or non-finite reading counts for nothing, an **uncertain** one counts. Times that do not rise are ignored.
 *
 * A missing limit (null) is never over; an episode at a level whose limit is gone (the rule was changed) leaves it. Whether
 * the rule's condition holds is asked before (`condition.ts`). Throws a `ThresholdError` (`check-threshold.ts`).
 */
export function compileThreshold(definition: ThresholdDefinition): ThresholdStep {
  checkThreshold(definition)
  const { limits, band, onDelayMs, offDelayMs } = definition
  const upperFirst = limits.h ?? limits.hh ?? Infinity
  const upperSecond = limits.hh ?? Infinity
  const lowerFirst = limits.l ?? limits.ll ?? -Infinity
  const lowerSecond = limits.ll ?? -Infinity
  const limitOf = (rank: Rank) =>
    rank === 2 ? upperSecond : rank === 1 ? upperFirst : rank === -1 ? lowerFirst : lowerSecond

  function rankOf(value: number): Rank {
    if (value >= upperFirst) return value >= upperSecond ? 2 : 1
    if (value <= lowerFirst) return value <= lowerSecond ? -2 : -1
    return 0
  }

  function isBackInside(value: number, limit: number, side: number): boolean {
    return side > 0 ? value < limit - band : value > limit + band
  }

  function holdOver(state: ThresholdState, at: number, rank: Rank): void {
    const side = Math.sign(rank) as -1 | 0 | 1
    if (side !== state.side) {
      state.side = side
      state.overFirstSince = NaN
      state.overSecondSince = NaN
    }
    if (side === 0) return
    if (Number.isNaN(state.overFirstSince)) state.overFirstSince = at
    if (rank === side) state.overSecondSince = NaN
    else if (Number.isNaN(state.overSecondSince)) state.overSecondSince = at
  }

  function holdInside(state: ThresholdState, at: number, value: number): void {
    const side = Math.sign(state.level)
    const first = isBackInside(value, side > 0 ? upperFirst : lowerFirst, side)
    const second = isBackInside(value, side > 0 ? upperSecond : lowerSecond, side)
    state.insideFirstSince = first ? started(state.insideFirstSince, at) : NaN
    state.insideSecondSince = second ? started(state.insideSecondSince, at) : NaN
  }

  /** The level that the readings have been over for long enough; 0 when none. */
  function reached(state: ThresholdState, at: number): Rank {
    if (at - state.overSecondSince >= onDelayMs) return (2 * state.side) as Rank
    return at - state.overFirstSince >= onDelayMs ? state.side : 0
  }

  /** The level that is left of the episode's after the readings came back inside. */
  function remaining(state: ThresholdState, at: number): Rank {
    if (at - state.insideFirstSince >= offDelayMs) return 0
    if (Math.abs(state.level) < 2 || !(at - state.insideSecondSince >= offDelayMs)) return state.level
    return Math.sign(state.level) as Rank
  }

  function open(state: ThresholdState, at: number, value: number, rank: Exclude<Rank, 0>): Finding {
    state.raisedAt = at
    state.peak = 0
    state.peakValue = NaN
    move(state, rank)
    widenPeak(state, value)
    return { kind: 'raised', level: levelOfRank(rank), at, value, limit: limitOf(rank) }
  }

  function close(state: ThresholdState, at: number, value: number): Finding {
    const limit = limitOf(Math.sign(state.level) as Rank)
    move(state, 0)
    return { kind: 'cleared', at, value, limit }
  }

  function change(state: ThresholdState, at: number, value: number, rank: Exclude<Rank, 0>): Finding {
    move(state, rank)
    widenPeak(state, value)
    return { kind: 'changed', level: levelOfRank(rank), at, value, limit: limitOf(rank) }
  }

  return (state, at, value, quality, attention) => {
    if (quality === QUALITY.bad || !Number.isFinite(value) || at <= state.lastAt) return undefined
    const intervalMs = at - state.lastAt
    const paceMs = state.paceMs
    state.lastAt = at
    if (intervalMs !== paceMs && intervalMs > 0) state.paceMs = Math.min(intervalMs, pauseLimit(0, paceMs))
    const rank = rankOf(value)
    if (rank === 0 && state.level === 0 && state.side === 0) return undefined
    if (attention === ATTENTION.suppressed) {
      forgetHolds(state)
      return undefined
    }
    if (intervalMs > PAUSE_MS) forgetBeforeGap(state, intervalMs, paceMs)
    holdOver(state, at, attention === ATTENTION.full ? rank : 0)
    const target = reached(state, at)
    if (state.level === 0) return target === 0 ? undefined : open(state, at, value, target)
    widenPeak(state, value)
    holdInside(state, at, value)
    if (target !== 0 && isFarther(target, state.level)) return change(state, at, value, target)
    const left = remaining(state, at)
    if (left === state.level) return undefined
    return left === 0 ? close(state, at, value) : change(state, at, value, left)
  }

  function forgetBeforeGap(state: ThresholdState, intervalMs: number, paceMs: number): void {
    if (intervalMs > pauseLimit(onDelayMs, paceMs)) {
      state.overFirstSince = NaN
      state.overSecondSince = NaN
    }
    if (intervalMs > pauseLimit(offDelayMs, paceMs)) {
      state.insideFirstSince = NaN
      state.insideSecondSince = NaN
    }
  }
}

/** The longest pause between two readings across which a hold goes on. `paceMs`: how far apart readings lately were. */
export function pauseLimit(holdMs: number, paceMs: number): number {
  return Math.max(PAUSE_MS, 3 * holdMs, 3 * paceMs)
}

function started(since: number, at: number): number {
  return Number.isNaN(since) ? at : since
}

/** Whether `rank` lifts an episode at `level`, or takes it over to the other side. */
function isFarther(rank: Rank, level: Rank): boolean {
  return Math.sign(rank) !== Math.sign(level) || Math.abs(rank) > Math.abs(level)
}

/** Holds of one side say nothing about the other; within a side they go on. */
function move(state: ThresholdState, level: Rank): void {
  const sameSide = Math.sign(level) === Math.sign(state.level)
  state.level = level
  if (sameSide) return
  state.insideFirstSince = NaN
  state.insideSecondSince = NaN
}

function widenPeak(state: ThresholdState, value: number): void {
  if (Math.abs(state.level) > Math.abs(state.peak)) {
    const turned = Math.sign(state.level) !== Math.sign(state.peak)
    state.peak = state.level
    if (turned) state.peakValue = value
  }
  const farther = state.peak > 0 ? value > state.peakValue : value < state.peakValue
  if (farther) state.peakValue = value
}
