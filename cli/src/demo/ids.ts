import { uuidv7 } from '@fettle/platform/ids'

/** New ids by the keys of the demo data, such as `asset AC75-2403-0117`. */
export interface Ids {
  /** Gives the key an id, once. */
  give(kind: Kind, key: string): string
  of(kind: Kind, key: string): string
  /** Null stays null. */
  maybe(kind: Kind, key: string | null): string | null
}

export type Kind =
  | 'branch'
  | 'customer'
  | 'site'
  | 'engineer'
  | 'model'
  | 'asset'
  | 'signal'
  | 'failure-mode'
  | 'gateway'
  | 'part'
  | 'location'
  | 'rule'

export function createIds(): Ids {
  const ids = new Map<string, string>()
  const of = (kind: Kind, key: string): string => {
    const id = ids.get(`${kind} ${key}`)
    if (id === undefined) throw new Error(`the demo data speaks of the ${kind} ${key}, which it does not have`)
    return id
  }
  return {
    give(kind, key) {
      if (ids.has(`${kind} ${key}`)) throw new Error(`the demo data has two of the ${kind} ${key}`)
      const id = uuidv7()
      ids.set(`${kind} ${key}`, id)
      return id
    },
    of,
    maybe: (kind, key) => (key === null ? null : of(kind, key)),
  }
}
