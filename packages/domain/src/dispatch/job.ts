import type { Tier } from '@fettle/contracts/customers'
import type { Position, Text } from '@fettle/contracts/scalars'

/** What a ticket needs, from its failure mode, site and contract. */
export interface DispatchJob {
  readonly position: Position
  readonly regionCode: string
  /** The branch that serves this customer, if any. */
  readonly branch: { readonly id: string; readonly name: string } | null
  readonly tier: Tier
  /** Model family and the level in it that the work needs; 1 where the failure is not known. */
  readonly family: string
  readonly skillLevel: number
  /** Keys of certificates without which nobody may do it. */
  readonly certificates: readonly string[]
  readonly parts: readonly NeededPart[]
  readonly arriveDueAt: Date | null
}

export interface NeededPart {
  readonly partCode: string
  readonly partName: Text
  /** Fixed-point decimal. */
  readonly quantity: string
  readonly optional: boolean
}

export interface Candidate {
  readonly engineerId: string
  readonly name: string
  readonly level: number
  readonly base: Position
  readonly regionCode: string
  readonly branch: { readonly id: string; readonly name: string } | null
  readonly skills: readonly { readonly family: string; readonly level: number }[]
  readonly certificates: readonly { readonly key: string; readonly name: Text; readonly expiresOn: string | null }[]
  /** Monday 1 to Sunday 7, and local hours such as 08:00 to 18:00. */
  readonly workdays: readonly number[]
  readonly dayStart: string
  readonly dayEnd: string
  /** Local days, both inclusive. */
  readonly absences: readonly { readonly startsOn: string; readonly endsOn: string; readonly reason: string }[]
  readonly openTickets: number
  /** End of the visit that he is on; null when free. */
  readonly busyUntil: Date | null
  /** On his van: part code to fixed-point quantity. */
  readonly carried: Readonly<Record<string, string>>
}
