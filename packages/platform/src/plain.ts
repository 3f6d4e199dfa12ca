/** Deeper than any line of a log is read. */
const deepest = 6

/**
 * A value as plain data: objects and arrays of primitives, as JSON would have them. Whatever else an object holds (a signal,
 * a socket, a buffer) is named by its class. A log line is copied and searched for secrets before it is written, and a copy of
 * an `AbortSignal` or a `URL` throws when it is looked at.
 */
export function plain(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date || value instanceof URL) return value.toJSON()
  if (value instanceof Error) return String(value)
  if (depth === deepest) return '[…]'
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1))
  if (!isRecord(value)) return `[${value.constructor.name}]`
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held, depth + 1)]))
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
