/** Deeper than anything that our contracts describe; what comes after is walked by functions that call themselves. */
const deepest = 32

/** NUL, and halves of a surrogate pair: valid JSON, but no text that PostgreSQL takes. */
const unstorable = /[\0\p{Surrogate}]/u

/**
 * Where in a JSON value there is text that cannot be stored, as a JSON pointer with the reason; undefined when all of it can.
 * Members that the contract does not know are looked at too: the audit trail keeps them.
 */
export function unstorableText(value: unknown, path = '', depth = 0): { path: string; reason: string } | undefined {
  if (typeof value === 'string') {
    return unstorable.test(value) ? { path, reason: 'holds a character that cannot be stored' } : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === deepest) return { path, reason: 'is nested too deeply' }
  for (const [name, member] of Object.entries(value)) {
    if (unstorable.test(name)) return { path, reason: 'has a name that cannot be stored' }
    const found = unstorableText(member, `${path}/${name}`, depth + 1)
    if (found) return found
  }
  return undefined
}
