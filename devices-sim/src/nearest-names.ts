/**
 * Names by how near they are to what somebody typed: first those that contain it, then by the fewest letters to change; equally
 * near ones stay in their order. Upper and lower case are the same.
 */
export function nearestFirst<Name extends string>(typed: string, names: readonly Name[]): Name[] {
  const wanted = typed.toLowerCase()
  const farness = (name: string) => (name.includes(wanted) ? 0 : lettersToChange(wanted, name))
  return names
    .map((name) => ({ name, far: farness(name.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far)
    .map(({ name }) => name)
}

/** Levenshtein's distance, one row of its table at a time. */
function lettersToChange(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, length) => length)
  for (let line = 0; line < from.length; line += 1) {
    const next = [line + 1]
    for (let column = 0; column < to.length; column += 1) {
      const changed = (row[column] ?? 0) + (from[line] === to[column] ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** `P100-2208-0302, P100-2111-0087 … (18 in all)`: the nearest few, for the message that refuses a name. */
export function fewNearest(typed: string, names: readonly string[]): string {
  const few = nearestFirst(typed, names).slice(0, 4)
  return `${few.join(', ')}${few.length < names.length ? ` … (${names.length} in all)` : ''}`
}
