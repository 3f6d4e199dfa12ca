import { describe, expect, it } from 'vitest'
import { ListOf, listQuery } from './lists.ts'
import { operations, type OperationId } from './operations.ts'
import type { RouteContract } from './route.ts'

/** Lists that are no pages, and why. */
const exceptions: { readonly [id in OperationId]?: string } = {
  suggestEngineers: 'a ranking of everybody for one ticket: half of it, or another order, would say something else',
  getTicketEvidence: 'one entry for each alarm of one ticket, which nobody searches or sorts',
  getAssetTimeline: 'pages in the order of time, which is what a timeline is; it takes limit and cursor',
  listViews: 'the few views that one person saved for one list, all of which are its choices',
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>
}
const entries = Object.entries(operations) as [OperationId, RouteContract][]
const reads = entries.filter(([, { method }]) => method === 'GET')
const answerOf = ({ schema }: RouteContract) => (schema.response[200] as ObjectSchema | undefined)?.properties ?? {}
const queryOf = ({ schema }: RouteContract) => (schema.querystring as ObjectSchema | undefined)?.properties ?? {}
const lists = reads.filter(([, contract]) => 'items' in answerOf(contract))

const isPaged = (contract: RouteContract) =>
  Object.entries(listQuery).every(([name, schema]) => queryOf(contract)[name] === schema) &&
  JSON.stringify(answerOf(contract)['nextCursor']) === JSON.stringify(ListOf({}).properties.nextCursor)

describe('every list takes limit, cursor, sort and q, and answers items and nextCursor', () => {
  it.each(lists.filter(([id]) => !(id in exceptions)))('%s', (_, contract) => {
    expect(queryOf(contract)).toMatchObject(listQuery)
    expect(answerOf(contract)).toMatchObject({ nextCursor: ListOf({}).properties.nextCursor })
  })

  it('but for those that are named with a reason, and no others', () => {
    const unpaged = lists.filter(([, contract]) => !isPaged(contract)).map(([id]) => id)
    expect(unpaged.toSorted()).toEqual(Object.keys(exceptions).toSorted())
  })

  it('and no read called a list answers anything else', () => {
    const named = reads.map(([id]) => id).filter((id) => id.startsWith('list'))
    expect(lists.map(([id]) => id)).toEqual(expect.arrayContaining(named))
  })
})
