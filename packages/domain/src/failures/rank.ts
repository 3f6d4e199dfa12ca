import type { FailureMode, LikelyFailure, SignaturePart } from '@fettle/contracts/failure-modes'
import type { Text } from '@fettle/contracts/scalars'
import type { Observed } from './observe.ts'
import { againstText, beyondText, moveText, ruleText, shareText, unexplainedText } from './reasons.ts'

/** How much more often than chance the mode is right that the rule itself names. */
const ruleFavour = 2
/** How well a part of a signature fits at least, when it is right in direction and wrong in speed. */
const wrongSpeed = 0.2
/** Nothing can be told: no readings, or a change too slow to show in minutes. */
const untold = 0.5
/** The signal should have moved by now and did not. It may still: not everything begins at once. */
const missing = 0.35
/** It moved the other way. */
const opposite = 0.1
/** The signal that raised the alarm, or another that moved or stands beyond a limit, is no part of the mode. */
const unexplainedAlarm = 0.1
const unexplainedChange = 0.4
const leastShare = 0.005

export interface RankedBy {
  /** The failure mode that the rule names. */
  readonly failureModeKey: string | null
  /** The signal that raised the alarm. */
  readonly signalKey: string | null
}

/**
 * Likely causes of what was seen, most likely first; shares add up to at most 1. An estimate in the manner of Bayes: how often
 * the mode happens on this model (`prior`), times how well its signature fits what the signals did, times a penalty for what it
 * leaves unexplained. The parts of a signature are effects of one cause and not independent, so their geometric mean counts.
 * Speeds are compared in decades, because failures differ by orders of magnitude: a fan dies in minutes, a cooler clogs in
 * weeks. A slow failure shows as a signal that stands still beyond its limit.
 */
export function rankFailureModes(
  modes: readonly FailureMode[],
  observed: readonly Observed[],
  { failureModeKey, signalKey }: RankedBy,
): LikelyFailure[] {
  const strange = observed.filter((seen) => seen.move || seen.beyond || seen.signalKey === signalKey)
  const weighed = modes.map((mode) => {
    const isNamed = mode.key === failureModeKey
    const fits = mode.signature.map((part) => fitOf(part, observed))
    const left = strange.filter((seen) => !mode.signature.some((part) => part.signalKey === seen.signalKey))
    const penalties = left.map((seen) => (seen.signalKey === signalKey ? unexplainedAlarm : unexplainedChange))
    const fit = geometricMean(fits.map((part) => part.fit)) * product(penalties)
    const reasons = [
      ...(isNamed ? [ruleText] : []),
      ...fits.flatMap(({ reason }) => reason ?? []),
      ...left.filter((seen) => seen.signalKey === signalKey).map(unexplainedText),
      shareText(mode.prior),
    ]
    return { mode, weight: mode.prior * fit * (isNamed ? ruleFavour : 1), reasons }
  })
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return []
  return weighed
    .map(({ mode, weight, reasons }) => ({
      failureModeId: mode.id,
      key: mode.key,
      name: mode.name,
      share: Math.floor((weight / total) * 1_000) / 1_000,
      reasons,
      parts: mode.parts,
      standardHours: mode.standardHours,
      persons: mode.persons,
    }))
    .filter(({ share }) => share >= leastShare)
    .toSorted((a, b) => b.share - a.share || a.key.localeCompare(b.key))
}

interface Fit {
  readonly fit: number
  readonly reason?: Text
}

function fitOf(part: SignaturePart, observed: readonly Observed[]): Fit {
  const seen = observed.find(({ signalKey }) => signalKey === part.signalKey)
  if (!seen?.known) return { fit: untold }
  const { move, beyond } = seen
  const [least, most] = part.perHour
  if (!move) {
    if (least > seen.visiblePerHour) return { fit: missing, reason: againstText(seen) }
    return beyond === part.direction ? { fit: 1, reason: beyondText(seen) } : { fit: untold }
  }
  if (move.direction !== part.direction) return { fit: opposite, reason: againstText(seen) }
  const speed = Math.abs(move.perHour)
  const decades = Math.max(0, Math.log10(speed / most), Math.log10(least / speed))
  const verdict = decades === 0 ? 'fits' : speed > most ? 'faster' : 'slower'
  return { fit: Math.max(wrongSpeed, Math.exp(-decades / 2)), reason: moveText(seen, move.perHour, verdict) }
}

const product = (factors: readonly number[]) => factors.reduce((result, factor) => result * factor, 1)

/** 1 for no values: a mode without a signature is judged by how often it happens. */
const geometricMean = (values: readonly number[]) => product(values) ** (1 / Math.max(1, values.length))
