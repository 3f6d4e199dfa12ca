import { describe, expect, it } from 'vitest'
import { hideable, read, toggled, written } from './column-choice.ts'
import { currentView, viewSearch } from './current-view.ts'

const view = (name: string, search: Record<string, string | boolean>, hiddenColumns: string[] = []) => ({
  name,
  content: { search, hiddenColumns },
})

describe('which view is shown', () => {
  const overdue = view('超时', { overdue: true, sort: '-number' })
  const short = view('超时，少几列', { overdue: true, sort: '-number' }, ['priority', 'due'])
  const all = view('全部', {})
  it.each([
    ['the one whose filters stand in the address, in whatever order', { sort: '-number', overdue: true }, [], overdue],
    ['of two with the same filters, the one with these columns', short.content.search, ['due', 'priority'], short],
    ['the filters count where no columns fit', overdue.content.search, ['asset'], overdue],
    ['none when one filter is missing', { overdue: true }, [], undefined],
    ['none when one filter is more', { ...overdue.content.search, q: 'AC' }, [], undefined],
    ['none when a value differs', { overdue: false, sort: '-number' }, [], undefined],
    ['one without filters, without filters', {}, [], all],
  ])('%s', (_, search, hiddenColumns, shown) =>
    expect(currentView([overdue, short, all], { search, hiddenColumns })).toBe(shown),
  )
})

it('a view keeps filters and order, and no panel that happens to be open', () => {
  const search = { q: 'AC75', all: true, sort: undefined, alarm: 'id', page: 3 }
  expect(viewSearch(search, ['alarm'])).toEqual({ q: 'AC75', all: true })
})

describe('hidden columns', () => {
  const columns = [
    { key: 'asset', name: '设备', always: true },
    { key: 'state', name: '状态', always: false },
    { key: 'open', name: '报警 / 工单', always: false },
  ]
  it('are those that exist and do not say which row it is', () =>
    expect(hideable(['open', 'asset', 'gone', 'state', 'open'], columns)).toEqual(['state', 'open']))
  it('are put down and read back', () => {
    expect(read(written(['state', 'open']))).toEqual(['state', 'open'])
    expect(read(written([]))).toEqual([])
    expect(read(undefined)).toEqual([])
  })
  it('change one at a time', () => {
    expect(toggled(['state'], 'open', false)).toEqual(['state', 'open'])
    expect(toggled(['state', 'open'], 'state', true)).toEqual(['open'])
    expect(toggled(['state'], 'state', false)).toEqual(['state'])
  })
})
