import { PAUSE_MS } from './threshold.ts'

/**
 * When a state of a machine held (it ran, its spindle turned at the speed that a rule asks for), as far back as a rule may
 * still ask: the changes between on and off, oldest first. The newest change led to `on`; each one before it to the opposite
 * of its successor.
 */
export interface StateHistory {
  on: boolean
  /** Event times in epoch ms; the first one is when it was first heard of. The last one may lie ahead (`recordUnknown`). */
  changes: number[]
  /** The newest time that is known about. */
  lastAt: number
}

/** A spool that is read signal after signal looks back by hours, in which a machine starts a few times. */
const keptChanges = 32

export const beginStateHistory = (): StateHistory => ({ on: false, changes: [], lastAt: NaN })

/** Times must rise; others are ignored. */
export function recordState(history: StateHistory, at: number, on: boolean): void {
  if (at <= history.lastAt) return
  history.lastAt = at
  takeBackAfter(history, at)
  if (history.changes.length > 0 && history.on === on) return
  history.on = on
  history.changes.push(at)
}

/**
 * Whoever tells the state could not (bad quality). What was on goes on for a pause, then counts as off, unless it is told
 * again before. Silence says nothing: a signal that is reported by exception is silent while nothing changes.
 */
export function recordUnknown(history: StateHistory, at: number): void {
  if (at <= history.lastAt) return
  history.lastAt = at
  if (!history.on) return
  history.on = false
  history.changes.push(at + PAUSE_MS)
}

/** Forgets the oldest changes. Not done by each record, since a single log entry may tell and ask about more of them. */
export function forgetOldChanges({ changes }: StateHistory): void {
  if (changes.length > keptChanges) changes.splice(0, changes.length - keptChanges)
}

/** Whether it says anything about that time. */
export function coversTime({ changes, lastAt }: StateHistory, at: number): boolean {
  const first = changes[0]
  return first !== undefined && at >= first && at <= lastAt + PAUSE_MS
}

/**
 * Since when the state had held at `at`: NaN when it did not, -Infinity when its beginning was not seen, and `unknown` where
 * nothing is known yet.
 */
export function heldSince({ on, changes }: StateHistory, at: number, unknown: number): number {
  for (let index = changes.length - 1, held = on; index >= 0; index--, held = !held) {
    const since = changes[index] ?? NaN
    if (at >= since) return held ? (index === 0 ? -Infinity : since) : NaN
  }
  return unknown
}

/** An end that was expected for want of news does not come. */
function takeBackAfter(history: StateHistory, at: number): void {
  if (!((history.changes.at(-1) ?? NaN) > at)) return
  history.changes.pop()
  history.on = !history.on
}
