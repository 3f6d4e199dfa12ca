interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** All items of a list of the API; `fetchPage` gets what to add to the query. */
export async function everyPage<T>(
  fetchPage: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await fetchPage({ limit: 200, ...(cursor !== undefined && { cursor }) })
    all.push(...items)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}
