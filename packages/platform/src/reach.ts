import { type Clock, systemClock } from './clock.ts'
import type { Logger } from './logging.ts'
import { reasonOf } from './reason.ts'

/** Whether something that others depend on answers. */
export interface Reach {
  /** It could not be reached, or broke off. */
  failed(error: unknown): void
  answered(): void
  isAway(): boolean
}

export interface ReachOptions {
  /** As it begins a sentence, such as `PostgreSQL`. */
  readonly what: string
  readonly logger: Logger
  readonly clock?: Clock
}

type State = { readonly away: false } | { readonly away: true; readonly sinceMs: number; readonly failures: number }
type Outcome = { readonly answers: boolean; readonly atMs: number }
/** `went` and `returned` are worth a line; whatever lies between them is only counted. */
export type ReachStep = { readonly state: State; readonly news?: 'went' | 'returned' }

export const present: State = { away: false }

/** What one more attempt says about it. */
export function followReach(state: State, { answers, atMs }: Outcome): ReachStep {
  if (answers) return state.away ? { state: present, news: 'returned' } : { state }
  if (!state.away) return { state: { away: true, sinceMs: atMs, failures: 1 }, news: 'went' }
  return { state: { ...state, failures: state.failures + 1 } }
}

/**
 * One line in the log when it goes away, with the reason and never with what was asked of it, and one when it is back: however
 * many ask for it meanwhile, and however often.
 */
export function watchReach({ what, logger, clock = systemClock }: ReachOptions): Reach {
  let state = present

  function follow(answers: boolean): ReachStep['news'] {
    const step = followReach(state, { answers, atMs: clock.now() })
    state = step.state
    return step.news
  }

  return {
    failed(error) {
      if (follow(false) === 'went') logger.error({ dependency: what }, `${what} is away: ${rootReason(error)}`)
    },
    answered() {
      const before = state
      if (follow(true) !== 'returned' || !before.away) return
      const { sinceMs, failures } = before
      logger.info({ dependency: what, awayForMs: clock.now() - sinceMs, failures }, `${what} is back`)
    },
    isAway: () => state.away,
  }
}

/** The innermost cause: what wraps it may quote a statement. */
function rootReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? rootReason(error.cause) : reasonOf(error)
}
