import type { Db } from '@fettle/db/client'
import type { Logger } from '@fettle/platform/logging'
import type { RuleBook } from './bind-rules.ts'
import { loadRuleBook, readFingerprint } from './rule-book.ts'

/** The rule book in force, shared by all partitions. */
export interface BookShelf {
  /** Throws before the first `refresh`. */
  current(): RuleBook
  /** Loads the book again if anything changed until now. Calls that wait for the same look share it. */
  refresh(): Promise<RuleBook>
}

export function createBookShelf(db: Db, logger: Logger): BookShelf {
  let book: RuleBook | undefined
  let looking: Promise<unknown> = Promise.resolve()
  let next: Promise<RuleBook> | undefined

  async function look(): Promise<RuleBook> {
    if (book && (await readFingerprint(db)) === book.fingerprint) return book
    book = await loadRuleBook(db, logger)
    logger.debug({ signals: book.signals.size }, 'rule book loaded')
    return book
  }

  return {
    current() {
      if (!book) throw new Error('the rule book was not loaded yet')
      return book
    },
    refresh() {
      // A look under way may have passed by what the caller has heard of; so another follows it.
      next ??= looking.then(() => {
        next = undefined
        const found = look()
        looking = found.catch(() => {})
        return found
      })
      return next
    },
  }
}
