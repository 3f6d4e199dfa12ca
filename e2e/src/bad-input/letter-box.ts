import { listDeadLetters, type DeadLetter } from '@fettle/contracts/gateways'
import type { PersistentCall } from '../works/persistent-client.ts'

/** Looks at dead letters as an administrator does. */
export interface LetterBox {
  /** Those that came since the last call, oldest first. A letter is there before its message is acknowledged. */
  fresh(): Promise<DeadLetter[]>
}

export function letterBox(call: PersistentCall): LetterBox {
  let lastId = 0
  return {
    async fresh() {
      const { items } = await call(listDeadLetters, { querystring: { limit: 50 } })
      const fresh = items.filter(({ id }) => id > lastId).sort((a, b) => a.id - b.id)
      lastId = fresh.at(-1)?.id ?? lastId
      return fresh
    },
  }
}
