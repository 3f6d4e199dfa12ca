import type { Tx } from '@fettle/db/client'
import { parts, partSerials, stockBalances, stockLocations, stockMovements } from '@fettle/db/schema/parts'
import { uuidv7 } from '@fettle/platform/ids'
import { parts as demoParts } from '@fettle/provisioning/demo/parts'
import { openingStock, openingStockDaysAgo, stockLocations as demoLocations } from '@fettle/provisioning/demo/stock'
import type { Ids } from './ids.ts'

const dayMs = 86_400_000

/** The price list, and opening receipts in the ledger: one for each serial number, with the balances that they add up to. */
export async function seedStock(tx: Tx, ids: Ids, now: Date): Promise<void> {
  await tx.insert(parts).values(demoParts.map((part) => ({ ...part, id: ids.give('part', part.code) })))
  await tx.insert(stockLocations).values(
    demoLocations.map(({ engineerKey, branchKey, ...location }) => ({
      ...location,
      id: ids.give('location', location.key),
      engineerId: ids.maybe('engineer', engineerKey),
      branchId: ids.maybe('branch', branchKey),
    })),
  )
  const at = new Date(now.getTime() - openingStockDaysAgo * dayMs)
  const costs = new Map(demoParts.map(({ code, costCents }) => [code, costCents]))
  const stock = openingStock.map(({ locationKey, partCode, ...pieces }) => ({
    ...pieces,
    partId: ids.of('part', partCode),
    locationId: ids.of('location', locationKey),
    unitCostCents: costs.get(partCode) ?? 0,
  }))
  await tx.insert(stockMovements).values(
    stock.flatMap(({ partId, locationId, unitCostCents, quantity, serials }) => {
      const receipt = { kind: 'receipt', partId, toLocationId: locationId, unitCostCents, at, by: 'Fettle' } as const
      if (serials.length === 0) return [{ ...receipt, id: uuidv7(), quantity }]
      return serials.map(({ serial }) => ({ ...receipt, id: uuidv7(), quantity: '1', serial }))
    }),
  )
  await tx
    .insert(stockBalances)
    .values(stock.map(({ partId, locationId, quantity }) => ({ partId, locationId, quantity })))
  await tx
    .insert(partSerials)
    .values(
      stock.flatMap(({ partId, locationId, serials }) => serials.map((piece) => ({ ...piece, partId, locationId }))),
    )
}
