/**
 * `work` on every item, at most `limit` of them at a time, in the order of the items; the results in that order too. After a
 * rejection, which is passed on, nothing more is begun.
 */
export async function inParallel<T, R>(items: Iterable<T>, limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  if (!(limit >= 1)) throw new RangeError(`inParallel: limit must be at least 1, got ${limit}`)
  const results: R[] = []
  const waiting = [...items].entries()
  let failed = false

  async function takeTurns(): Promise<void> {
    for (const [place, item] of waiting) {
      if (failed) return
      try {
        results[place] = await work(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }

  await Promise.all(Array.from({ length: limit }, takeTurns))
  return results
}
