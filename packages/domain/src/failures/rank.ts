import type { FailureMode, LikelyFailure, SignaturePart } from '@fettle/contracts/failure-modes'
import type { Text } from '@fettle/contracts/scalars'
import type { Observed } from './observe.ts'

/** How much more often than chance the mode is right that the rule itself names. */
const ruleFavour = 2
/** A mode that says nothing of the signal that raised the alarm explains the alarm badly. */
const unexplained = 0.3
/** Nothing can be told: no readings, or a change too slow to show in minutes. */
const neutral = 0.5
/** The signal should have moved and did not, or moved the other way. */
const contradicted = 0.1
const leastShare = 0.005

export interface RankedBy {
  /** The failure mode that the rule names. */
  readonly failureModeKey: string | null
  /** The signal that raised the alarm. */
  readonly signalKey: string | null
}

/**
 * Likely causes of what was seen, most likely first; shares add up to at most 1. A naive Bayes estimate: how often the mode
 * happens on this model (`prior`), times how well each part of its signature fits what the signals did. Speeds are compared
 * in decades, because failures differ by orders of magnitude: a fan dies in minutes, a cooler clogs in weeks.
 */
export function rankFailureModes(
  modes: readonly FailureMode[],
  observed: readonly Observed[],
  { failureModeKey, signalKey }: RankedBy,
): LikelyFailure[] {
  const weighed = modes.map((mode) => {
    const fits = mode.signature.map((part) => fitOf(part, observed))
    const explains = signalKey === null || mode.signature.some((part) => part.signalKey === signalKey)
    const weight =
      mode.prior *
      fits.reduce((product, { fit }) => product * fit, 1) *
      (explains ? 1 : unexplained) *
      (mode.key === failureModeKey ? ruleFavour : 1)
    return { mode, weight, reasons: reasonsFor(mode, fits, mode.key === failureModeKey) }
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
  readonly part: SignaturePart
  readonly fit: number
  readonly verdict: 'fits' | 'faster' | 'slower' | 'against' | 'silent'
}

function fitOf(part: SignaturePart, observed: readonly Observed[]): Fit {
  const seen = observed.find(({ signalKey }) => signalKey === part.signalKey)
  const [least, most] = part.perHour
  if (!seen || seen.perHour === null) return { part, fit: neutral, verdict: 'silent' }
  const towards = part.direction === 'up' ? seen.perHour : -seen.perHour
  if (towards <= seen.noisePerHour) {
    // Flat, as far as the noise lets us see.
    const shouldShow = least > seen.noisePerHour
    return { part, fit: shouldShow ? contradicted : neutral, verdict: shouldShow ? 'against' : 'silent' }
  }
  if (towards >= least && towards <= most) return { part, fit: 1, verdict: 'fits' }
  const decades = towards > most ? Math.log10(towards / most) : Math.log10(least / towards)
  return { part, fit: Math.max(contradicted, Math.exp(-decades / 2)), verdict: towards > most ? 'faster' : 'slower' }
}

function reasonsFor(mode: FailureMode, fits: readonly Fit[], isRuleMode: boolean): Text[] {
  const named = isRuleMode ? [{ zh: '报警规则指向此故障', en: 'The rule names this failure' }] : []
  const usual = {
    zh: `占本机型故障的 ${Math.round(mode.prior * 100)} %`,
    en: `${Math.round(mode.prior * 100)} % of this model’s failures`,
  }
  return [...named, ...verdictTexts(fits), mode.onSignals, usual]
}

const verdicts: Readonly<Record<Exclude<Fit['verdict'], 'silent'>, Text>> = {
  fits: { zh: '变化方向与速度相符', en: 'Direction and speed of the change fit' },
  faster: { zh: '变化比此故障通常快', en: 'Faster than this failure usually is' },
  slower: { zh: '变化比此故障通常慢', en: 'Slower than this failure usually is' },
  against: { zh: '应有的变化没有出现', en: 'A change that it should cause is missing' },
}

function verdictTexts(fits: readonly Fit[]): Text[] {
  const seen = new Set(fits.map(({ verdict }) => verdict))
  return (Object.keys(verdicts) as (keyof typeof verdicts)[])
    .filter((verdict) => seen.has(verdict))
    .map((verdict) => verdicts[verdict])
}
