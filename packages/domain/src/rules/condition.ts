import type { RuleCondition } from '@fettle/contracts/rules'
import { QUALITY, type Quality } from '@fettle/contracts/uplink'
import { heldSince, type StateHistory } from './state-history.ts'
import { ATTENTION, type Attention } from './threshold.ts'

/** Whether a value of the condition's signal says that it holds. */
export function meets({ atLeast = -Infinity, atMost = Infinity }: RuleCondition, value: number): boolean {
  return value >= atLeast && value <= atMost
}

/**
 * The quality that a reading at `at` has for a rule with a condition: its own where the condition held by event time, else
 * bad, so that it is **passed over** as a bad reading is: it neither raises nor clears, and ends no hold.
 *
 * Passed over and not suppressed, as a stopped machine's readings are: suppressed ones forget the holds, and both cases that
 * conditions were made for would suffer.
 *
 * - A machining centre finishes at 6,000 r/min for minutes, with minutes of other cuts between. Passed over, an episode rests
 *   between the finishing cuts and is ended only by good readings at that speed. A hold of 60 s is proven within one such
 *   cut; shorter cuts add up as long as the pause rule of holds (`pauseLimit`, three times the hold) spans what lies between
 *   them, and beyond it each cut proves by itself.
 * - A chiller whose load wanders about 60 % would never hold an approach for 30 minutes if each dip began the hold anew.
 *
 * A stop goes first: what was taken while the machine stands or starts up stays suppressed, so no hold spans a stop whatever
 * the condition says of that time.
 *
 * Nothing is known before the condition's signal was first heard, and a pause after it turned bad; then nothing counts: a
 * reading that may have been taken under any circumstances is no evidence. This is the other way round than with the run
 * state, for which silence is the usual thing (`runningSince`).
 */
export function qualityUnder(condition: StateHistory, at: number, quality: Quality, attention: Attention): Quality {
  if (attention === ATTENTION.suppressed) return quality
  return Number.isNaN(heldSince(condition, at, NaN)) ? QUALITY.bad : quality
}
