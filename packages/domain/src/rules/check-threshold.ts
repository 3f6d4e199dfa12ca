import type { RuleCondition, ThresholdDefinition } from '@fettle/contracts/rules'

export class ThresholdError extends Error {
  readonly code = 'rule/invalid-threshold'

  constructor(message: string) {
    super(message)
    this.name = 'ThresholdError'
  }
}

/** Throws a `ThresholdError` with what a person has to mend. Whether the machine has the signals is not known here. */
export function checkThreshold({
  signalKey,
  limits,
  band,
  onDelayMs,
  offDelayMs,
  condition,
}: ThresholdDefinition): void {
  const present = [limits.ll, limits.l, limits.h, limits.hh].filter((limit) => limit !== null)
  if (present.length === 0) throw new ThresholdError('the rule has no limit')
  if (!present.every(Number.isFinite)) throw new ThresholdError('a limit is not a finite number')
  if (present.some((limit, index) => index > 0 && limit <= (present[index - 1] ?? -Infinity))) {
    throw new ThresholdError(`the limits must rise from low-low to high-high, got ${present.join(', ')}`)
  }
  if (!(band >= 0 && band < Infinity)) throw new ThresholdError(`the band must be 0 or more, got ${band}`)
  const lowest = limits.l ?? limits.ll
  const highest = limits.h ?? limits.hh
  if (lowest !== null && highest !== null && band >= highest - lowest) {
    throw new ThresholdError(`a band of ${band} leaves nothing between ${lowest} and ${highest} to come back to`)
  }
  if (!(onDelayMs >= 0 && offDelayMs >= 0)) throw new ThresholdError('a delay must be 0 or more')
  if (condition) checkCondition(condition, signalKey)
}

function checkCondition({ signalKey, atLeast, atMost }: RuleCondition, watchedKey: string): void {
  if (signalKey === watchedKey) {
    throw new ThresholdError(`the condition must be on another signal than ${watchedKey}, which the rule watches`)
  }
  const bounds = [atLeast, atMost].filter((bound) => bound !== undefined)
  if (bounds.length === 0) throw new ThresholdError(`the condition on ${signalKey} has no bound`)
  if (!bounds.every(Number.isFinite)) {
    throw new ThresholdError(`a bound of the condition on ${signalKey} is not a finite number`)
  }
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) {
    throw new ThresholdError(`the condition on ${signalKey} can never hold: at least ${atLeast} and at most ${atMost}`)
  }
}
