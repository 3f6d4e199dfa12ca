import type { SavedView, ViewContent } from '@fettle/contracts/views'

/** Filters and order as they stand in the address. */
export type ViewSearch = ViewContent['search']

/** What a page's search holds of a view: nothing that is undefined, and no panel that happens to be open. */
export function viewSearch(search: Readonly<Record<string, unknown>>, passing: readonly string[] = []): ViewSearch {
  const kept = Object.entries(search).flatMap(([name, value]): [string, string | boolean][] =>
    !passing.includes(name) && (typeof value === 'string' || typeof value === 'boolean') ? [[name, value]] : [],
  )
  return Object.fromEntries(kept)
}

/** The view that is shown: its filters are those in the address; of several, the one whose columns are shown too. */
export function currentView<V extends Pick<SavedView, 'content'>>(
  views: readonly V[],
  { search, hiddenColumns }: ViewContent,
): V | undefined {
  const fitting = views.filter(({ content }) => sameSearch(content.search, search))
  return fitting.find(({ content }) => sameKeys(content.hiddenColumns, hiddenColumns)) ?? fitting[0]
}

function sameSearch(one: ViewSearch, other: ViewSearch): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

function sameKeys(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key) => other.includes(key))
}
