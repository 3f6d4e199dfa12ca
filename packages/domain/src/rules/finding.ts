import type { AlarmLevel } from '@fettle/contracts/alarms'

/** What an evaluation says, at the event time of the reading that proved it. `limit` is in the signal's unit. */
export type Finding =
  | {
      readonly kind: 'raised'
      readonly level: AlarmLevel
      readonly at: number
      readonly value: number
      readonly limit: number
    }
  /** The level went up, down, or to the other side, within the same episode. */
  | {
      readonly kind: 'changed'
      readonly level: AlarmLevel
      readonly at: number
      readonly value: number
      readonly limit: number
    }
  /** `limit` is the one that the value had to come back inside of. */
  | { readonly kind: 'cleared'; readonly at: number; readonly value: number; readonly limit: number }

/** A level as a number: its sign is the side, its size how far out. 0 is inside all limits. */
export type Rank = -2 | -1 | 0 | 1 | 2

const levelByRank = { '-2': 'low-low', '-1': 'low', '1': 'high', '2': 'high-high' } as const satisfies Record<
  string,
  AlarmLevel
>

/** The level's name; there is none for rank 0. */
export function levelOfRank(rank: Exclude<Rank, 0>): AlarmLevel {
  return levelByRank[rank]
}
