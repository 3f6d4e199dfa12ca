import { describe, expect, it } from 'vitest'
import { isFiltered, rangeOf, ticketQuery } from './ticket-search.ts'

describe('which tickets the pool asks for', () => {
  it.each([
    ['open ones without a word', {}, { open: true }],
    ['finished ones', { open: false }, { open: false }],
    ['all of them', { all: true }, {}],
    ['an open state among the open ones', { state: 'received' }, { state: 'received', open: true }],
    ['a finished state among the finished ones', { state: 'closed' }, { state: 'closed', open: false }],
    ['a state among all', { state: 'closed', all: true }, { state: 'closed' }],
    ['those that nobody has', { assigned: false }, { assigned: false, open: true }],
    ['never whether the intake form is open', { create: true, q: 'AC75' }, { q: 'AC75', open: true }],
  ] as const)('%s', (_, search, query) => expect(ticketQuery(search)).toEqual(query))
})

it('names the range that is asked for', () => {
  expect(rangeOf({ state: 'merged' })).toBe('done')
  expect(rangeOf({ state: 'on-hold' })).toBe('open')
  expect(rangeOf({ state: 'on-hold', all: true })).toBe('all')
})

it('does not take the range or the order for a filter', () => {
  expect(isFiltered({ all: true, sort: 'number' })).toBe(false)
  expect(isFiltered({ overdue: true })).toBe(true)
})
