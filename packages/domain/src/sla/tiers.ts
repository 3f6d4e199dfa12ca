import type { Tier } from '@fettle/contracts/customers'
import type { ServiceHours } from './work-calendar.ts'

/**
 * One promise. `open-minutes` count only while the service is open. `elapsed-minutes` run around the clock from the
 * moment the service is open. `workdays` end with the closing time of that many working days later; 1 is the next one.
 */
export type Commitment =
  | { readonly kind: 'open-minutes' | 'elapsed-minutes'; readonly minutes: number }
  | { readonly kind: 'workdays'; readonly days: number }

/** What a tier promises; null is no promise. */
export interface TierPlan {
  readonly hours: ServiceHours
  /** A person calls back. */
  readonly answer: Commitment | null
  readonly arrive: Commitment | null
  readonly restore: Commitment | null
}

const office: ServiceHours = { kind: 'workdays', fromMinute: 9 * 60, toMinute: 17 * 60 }
const hours = (count: number, kind: 'open-minutes' | 'elapsed-minutes' = 'open-minutes') => ({
  kind,
  minutes: count * 60,
})

/**
 * 铂金 7×24, 金 8–20 daily, 银 and none 5×8. A gold restore runs around the clock once it began: 48 h of a plant standing
 * still are two days, whatever our opening hours. Without a contract, arrival is by agreement and no restore is promised.
 */
export const tierPlans: Readonly<Record<Tier, TierPlan>> = {
  platinum: {
    hours: { kind: 'always' },
    answer: hours(0.25),
    arrive: hours(4),
    restore: hours(24),
  },
  gold: {
    hours: { kind: 'daily', fromMinute: 8 * 60, toMinute: 20 * 60 },
    answer: hours(0.5),
    arrive: hours(8),
    restore: hours(48, 'elapsed-minutes'),
  },
  silver: {
    hours: office,
    answer: hours(2),
    arrive: { kind: 'workdays', days: 1 },
    restore: { kind: 'workdays', days: 5 },
  },
  none: { hours: office, answer: hours(4), arrive: null, restore: null },
}
