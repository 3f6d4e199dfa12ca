import type { FailureMode } from '@fettle/contracts/failure-modes'
import type { StockLine } from '@fettle/contracts/parts'

/** Codes of the parts that mending the suspected failure takes; none where nothing is suspected or it is not known. */
export function suspectedParts(
  modes: readonly Pick<FailureMode, 'key' | 'parts'>[],
  failureModeKey: string | null,
): ReadonlySet<string> {
  return new Set(modes.find(({ key }) => key === failureModeKey)?.parts.map(({ partCode }) => partCode))
}

/** The stock lines of suspected parts before the others; each half stays in its order. */
export function suspectedFirst<L extends Pick<StockLine, 'partCode'>>(
  lines: readonly L[],
  suspected: ReadonlySet<string>,
): L[] {
  return lines.toSorted((a, b) => Number(suspected.has(b.partCode)) - Number(suspected.has(a.partCode)))
}
