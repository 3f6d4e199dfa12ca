import type { Victim } from './platform.ts'
import type { Seeded } from './seeded.ts'

/** When it happens, counted from the start before: wherever everything else stands then. */
export type Moment =
  /** With the first acknowledgement after so many more ticks of the machines. */
  | { readonly after: 'ticks'; readonly count: number }
  /** With so many more answers of the API, while other requests wait for theirs. */
  | { readonly after: 'answers'; readonly count: number }

export interface Kill {
  readonly victim: Victim
  readonly moment: Moment
}

/** From the first acknowledgement after a restart to some seconds later. */
const ticks = [0, 50] as const
const answers = [1, 12] as const

/**
 * Ten times the process, in three of them its server too in the same moment; and twice the server alone, in between.
 */
export function killPlan(random: Seeded): Kill[] {
  const victims: Victim[] = [
    ...Array.from({ length: 7 }, () => 'fettle' as const),
    ...Array.from({ length: 3 }, () => 'both' as const),
    ...Array.from({ length: 2 }, () => 'server' as const),
  ]
  return random.shuffled(victims).map((victim) => ({
    victim,
    moment: random.chance(0.5)
      ? { after: 'ticks', count: random.whole(...ticks) }
      : { after: 'answers', count: random.whole(...answers) },
  }))
}
