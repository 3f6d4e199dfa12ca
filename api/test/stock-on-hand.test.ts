import { listParts, listStock } from '@fettle/contracts/parts'
import { addDecimals } from '@fettle/domain/costs/decimal'
import { expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { as } = await testApi()

it('shows as on hand what lies in all places together', async () => {
  const storekeeper = await as('storekeeper')
  const { items: parts } = await storekeeper(listParts, { querystring: {} })
  const { items: stock } = await storekeeper(listStock, { querystring: {} })
  const together = (partId: string) =>
    addDecimals('0', ...stock.filter((line) => line.partId === partId).map(({ quantity }) => quantity))
  expect(stock.length).toBeGreaterThan(0)
  expect(parts.map(({ onHand }) => onHand)).toEqual(parts.map(({ id }) => together(id)))
})
