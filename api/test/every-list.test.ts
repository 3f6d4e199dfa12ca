import { listAlarms } from '@fettle/contracts/alarms'
import { operations } from '@fettle/contracts/operations'
import { listParts, listStock } from '@fettle/contracts/parts'
import type { RouteContract } from '@fettle/contracts/route'
import { listVisits } from '@fettle/contracts/visits'
import { addDecimals } from '@fettle/domain/costs/decimal'
import { describe, expect, it } from 'vitest'
import { fillLists } from './full-lists.ts'
import { testApi } from './test-api.ts'

const { as, company, deps, tokenOf, url } = await testApi()
await fillLists(deps.database.db, company, await as('desk'))
const authorization = `Bearer ${await tokenOf('admin')}`

const span = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }
interface Answer {
  readonly items: readonly object[]
  readonly nextCursor: string | null
  readonly context?: { readonly sortable: readonly string[] }
}

async function ask({ url: path, schema }: RouteContract, query: Record<string, string>): Promise<Answer> {
  const search = new URLSearchParams({ ...(schema.operationId === 'listVisits' ? span : {}), ...query })
  const address = `${url}${path.replace(':assetId', company.assetLinqing)}?${search}`
  return (await (await fetch(address, { headers: { authorization } })).json()) as Answer
}

async function oneByOne(contract: RouteContract, sort: string): Promise<object[]> {
  const items: object[] = []
  let cursor: string | null = null
  do {
    const page: Answer = await ask(contract, { sort, limit: '1', ...(cursor === null ? {} : { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

const queryOf = ({ schema }: RouteContract) =>
  (schema.querystring as { properties?: object } | undefined)?.properties ?? {}
const lists = (Object.values(operations) as RouteContract[])
  .filter((contract) => contract.method === 'GET' && 'sort' in queryOf(contract) && 'cursor' in queryOf(contract))
  .map((contract) => [contract.schema.operationId, contract] as const)

describe.each(lists)('%s', (operation, contract) => {
  it('is the same page by page as at once, in every order that it has', async () => {
    const { context } = await ask(contract, { sort: 'none' })
    const sortable = context?.sortable ?? []
    expect(sortable.length).toBeGreaterThan(0)
    for (const sort of sortable.flatMap((field) => [field, `-${field}`])) {
      const { items } = await ask(contract, { sort, limit: '200' })
      expect([operation, sort, items.length > 1]).toEqual([operation, sort, true])
      expect(await oneByOne(contract, sort)).toEqual(items)
    }
  })

  it('is searched: nothing is found by what nothing is called', async () => {
    expect(await ask(contract, { q: '查无此物' })).toMatchObject({ items: [], nextCursor: null })
  })
})

it('shows as on hand what lies in all places together', async () => {
  const storekeeper = await as('storekeeper')
  const { items: parts } = await storekeeper(listParts, { querystring: {} })
  const { items: stock } = await storekeeper(listStock, { querystring: {} })
  const together = (partId: string) =>
    addDecimals('0', ...stock.filter((line) => line.partId === partId).map(({ quantity }) => quantity))
  expect(stock.length).toBeGreaterThan(0)
  expect(parts.map(({ onHand }) => onHand)).toEqual(parts.map(({ id }) => together(id)))
})

it('finds a part by the serial number that lies there, and tells units by their keys, however they were entered', async () => {
  const { items } = await (await as('storekeeper'))(listStock, { querystring: { q: 'fm-2403' } })
  expect(items).toMatchObject([{ partCode: 'A5', unit: 'piece', serials: ['FM-2403-118'] }])
})

it('tells an alarm’s worst value with the limit of its worst level', async () => {
  const { items } = await (await as('manager'))(listAlarms, { querystring: {} })
  expect(items[0]).toMatchObject({ level: 'high', limit: 100, peakLevel: 'high-high', peakLimit: 105, peakValue: 108 })
})

it('tells decimals without the zeros of their columns', async () => {
  const { items } = await (await as('manager'))(listVisits, { querystring: span })
  expect(items[0]).toMatchObject({ workHours: '2.5', travelHours: '1', travelKm: '110' })
})
