import type { Brief } from '@fettle/contracts/brief'

type BriefPart = Brief['parts'][number]

/** Below this share of the failure that needs it, a part is worth knowing of, not worth a detour. */
const WORTH_CARRYING = 0.04

/** The parts in the order of how likely they are needed; `unlikely` are those of causes that hardly fit. */
export function partsByNeed({ parts, likelyFailures }: Pick<Brief, 'parts' | 'likelyFailures'>): {
  readonly likely: BriefPart[]
  readonly unlikely: BriefPart[]
} {
  const needOf = ({ partCode }: BriefPart) =>
    likelyFailures
      .filter((failure) => failure.parts.some((part) => part.partCode === partCode))
      .reduce((most, { share }) => Math.max(most, share), 0)
  const ordered = parts.toSorted((a, b) => needOf(b) - needOf(a) || a.partCode.localeCompare(b.partCode))
  return {
    likely: ordered.filter((part) => needOf(part) >= WORTH_CARRYING),
    unlikely: ordered.filter((part) => needOf(part) < WORTH_CARRYING),
  }
}
