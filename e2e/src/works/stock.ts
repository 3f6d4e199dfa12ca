import type { Tx } from '@fettle/db/client'
import { parts, partSerials, stockBalances, stockLocations, stockMovements } from '@fettle/db/schema/parts'
import { uuidv7 } from '@fettle/platform/ids'
import { text } from './organisation.ts'

export interface PartOfWorks {
  readonly id: string
  readonly code: string
  readonly costCents: number
  readonly priceCents: number
  readonly opening: number
  /** Empty for a part that is only counted. */
  readonly serials: readonly string[]
}

const serialsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => `FM-2403-${String(n + 1).padStart(4, '0')}`)

/** One store with plenty of two counted parts and of one with serial numbers. */
export async function insertStock(tx: Tx) {
  const locationId = uuidv7()
  const stocked: readonly PartOfWorks[] = [
    { id: uuidv7(), code: 'A2', costCents: 11_000, priceCents: 24_000, opening: 5_000, serials: [] },
    { id: uuidv7(), code: 'A3', costCents: 90_000, priceCents: 185_000, opening: 5_000, serials: [] },
    { id: uuidv7(), code: 'A5', costCents: 115_000, priceCents: 230_000, opening: 400, serials: serialsOf(400) },
  ]
  await tx.insert(stockLocations).values({ id: locationId, key: 'centre', name: '中心库', kind: 'centre' })
  await tx.insert(parts).values(
    stocked.map(({ id, code, costCents, priceCents, serials }) => ({
      id,
      code,
      name: text(code),
      modelFamily: 'AC',
      unit: '个',
      costCents,
      priceCents,
      leadDays: 3,
      serialised: serials.length > 0,
      returnOld: false,
    })),
  )
  const at = new Date()
  await tx.insert(stockMovements).values(
    stocked.flatMap(({ id: partId, costCents: unitCostCents, opening, serials }) => {
      const receipt = { kind: 'receipt', partId, toLocationId: locationId, unitCostCents, at, by: 'e2e' } as const
      if (serials.length === 0) return [{ ...receipt, id: uuidv7(), quantity: String(opening) }]
      return serials.map((serial) => ({ ...receipt, id: uuidv7(), quantity: '1', serial }))
    }),
  )
  await tx
    .insert(stockBalances)
    .values(stocked.map(({ id, opening }) => ({ partId: id, locationId, quantity: String(opening) })))
  await tx
    .insert(partSerials)
    .values(stocked.flatMap(({ id: partId, serials }) => serials.map((serial) => ({ partId, serial, locationId }))))
  return { locationId, parts: stocked }
}
