/** Reads search parameters of the address bar: whatever somebody typed there, a page gets a valid value or none. */

/** Trimmed, not empty. Numbers arrive as numbers when they look like one. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  return value.trim() || undefined
}

export function oneOf<const T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value)
}

export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return undefined
}

/** Epoch milliseconds. */
export function instant(value: unknown): number | undefined {
  const epoch = Number(value)
  return value !== undefined && Number.isSafeInteger(epoch) && epoch > 0 ? epoch : undefined
}

/** Without what is undefined, so that the address stays short. */
export function compact<T extends object>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/**
 * What a page takes of its address, as `validateSearch`. The router hands on whatever stands there beneath it (an old
 * bookmark, the tag of a mailing, a state that there is none of): it is covered by undefined, so that no list is asked for
 * what its operation would refuse.
 */
export function taken<T extends object>(address: Readonly<Record<string, unknown>>, known: T) {
  const covered = Object.fromEntries(Object.keys(address).map((key) => [key, undefined]))
  return { ...covered, ...compact(known) } as ReturnType<typeof compact<T>>
}
