/** Runs pieces of work of one name one after another, those of different names side by side. */
export function createTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return function inTurn(name, work) {
    const result = (last.get(name) ?? Promise.resolve()).then(work)
    const ended = result.catch(() => {})
    last.set(name, ended)
    void ended.then(() => last.get(name) === ended && last.delete(name))
    return result
  }
}
