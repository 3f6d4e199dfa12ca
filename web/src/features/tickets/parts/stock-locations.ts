import type { StockLine } from '@fettle/contracts/parts'

export interface ReachableLocation {
  readonly id: string
  readonly name: string
  readonly isOwn: boolean
}

interface Reach {
  /** The van of the engineer whose job it is. */
  readonly ownVan: string | undefined
  /** Engineers take from their own van or a store, never from someone else's van (the server refuses it). */
  readonly isEngineer: boolean
}

/** Places that hold something of `lines` and that may be taken from: the own van first, then stores, then vans. */
export function locationsOf(
  lines: readonly Pick<StockLine, 'locationId' | 'locationName' | 'locationKind'>[],
  { ownVan, isEngineer }: Reach,
): ReachableLocation[] {
  const order = { centre: 1, branch: 2, van: 3 } as const
  const found = new Map<string, ReachableLocation & { readonly rank: number }>()
  for (const { locationId: id, locationName: name, locationKind: kind } of lines) {
    const isOwn = id === ownVan
    if (kind === 'defective' || kind === 'in-transit' || (isEngineer && kind === 'van' && !isOwn)) continue
    found.set(id, { id, name, isOwn, rank: isOwn ? 0 : order[kind] })
  }
  return [...found.values()]
    .toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .map(({ id, name, isOwn }) => ({ id, name, isOwn }))
}
