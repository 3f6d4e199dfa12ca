import type { WatchedSignal } from '../works/machine-model.ts'
import type { Seeded } from './seeded.ts'

/** Gives the value of a signal, tick by tick. */
export interface MeasuredSignal {
  next(): number
  /** From now on it stays normal. */
  calm(): void
}

/** A signal that nobody watches. */
export function plainSignal(random: Seeded): MeasuredSignal {
  return { next: () => random.between([0, 5]), calm: () => {} }
}

/** How many ticks lie between two excursions, and how long one is. Every machine alarms now and then, not all the time. */
const pause = [200, 2_400] as const
const length = [1, 25] as const

/**
 * A signal that now and then goes over its limit: for a moment or for seconds, to the second limit or not, with visits to the
 * band between. Which of that makes an alarm is for the rule to say.
 */
export function watchedSignal({ normal, over, far, within }: WatchedSignal, random: Seeded): MeasuredSignal {
  let untilExcursion = random.whole(0, 1_200)
  let left = 0
  let isCalm = false

  function excursionValue(): number {
    if (far && random.chance(0.25)) return random.between(far)
    if (within && random.chance(0.2)) return random.between(within)
    return random.between(over)
  }

  return {
    next() {
      if (left > 0) {
        left--
        return excursionValue()
      }
      if (isCalm) return random.between(normal)
      if (untilExcursion-- === 0) {
        untilExcursion = random.whole(...pause)
        left = random.whole(...length)
      }
      return random.between(normal)
    },
    calm() {
      isCalm = true
      left = 0
    },
  }
}
