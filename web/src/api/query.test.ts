import { listStock } from '@fettle/contracts/parts'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { whole } from './query.ts'

afterEach(() => vi.unstubAllGlobals())

it('reads a list to its end, with the filters that were asked for on every page', async () => {
  const pages = [
    { items: [{ partCode: 'A1' }, { partCode: 'A2' }], nextCursor: 'second' },
    { items: [{ partCode: 'A3' }], nextCursor: 'third' },
    { items: [], nextCursor: null },
  ]
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    return Response.json(pages[asked.length - 1])
  })
  const { items } = await new QueryClient().fetchQuery(whole(listStock, { querystring: { q: 'A' } }))
  expect(items.map(({ partCode }) => partCode)).toEqual(['A1', 'A2', 'A3'])
  expect(asked).toEqual([
    '/api/v1/stock?q=A&limit=200',
    '/api/v1/stock?q=A&limit=200&cursor=second',
    '/api/v1/stock?q=A&limit=200&cursor=third',
  ])
})
