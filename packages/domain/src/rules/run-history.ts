import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { ATTENTION, PAUSE_MS, type Attention } from './threshold.ts'

/**
 * When a machine ran, as far back as a rule may still ask: its changes between running and not, oldest first. The newest
 * change led to `running`; each one before it to the opposite of its successor.
 */
export interface RunHistory {
  running: boolean
  /** Event times in epoch ms; the first one is when it was first heard of. */
  changes: number[]
  /** The newest time that is known about. */
  lastAt: number
}

/** A spool that is read signal after signal looks back by hours, in which a machine starts a few times. */
const keptChanges = 32

export const beginRunHistory = (): RunHistory => ({ running: false, changes: [], lastAt: NaN })

/** Times must rise; others are ignored. */
export function recordRunState(history: RunHistory, at: number, running: boolean): void {
  if (at <= history.lastAt) return
  history.lastAt = at
  if (history.changes.length > 0 && history.running === running) return
  history.running = running
  history.changes.push(at)
  if (history.changes.length > keptChanges) history.changes.shift()
}

/** Whether it says anything about that time. */
export function coversTime({ changes, lastAt }: RunHistory, at: number): boolean {
  const first = changes[0]
  return first !== undefined && at >= first && at <= lastAt + PAUSE_MS
}

/**
 * Since when the machine had been running at `at`: NaN when it was not, -Infinity when nothing is known of its start. A
 * machine that never told whether it runs counts as running: its rules would otherwise be silent without a word.
 */
export function runningSince({ running, changes }: RunHistory, at: number): number {
  for (let index = changes.length - 1, ran = running; index >= 0; index--, ran = !ran) {
    const since = changes[index] ?? NaN
    if (at >= since) return ran ? (index === 0 ? -Infinity : since) : NaN
  }
  return -Infinity
}

/** How much a reading at `at` counts for a rule on this machine. */
export function attentionAt(
  { whileRunning, startupMs }: Pick<ThresholdDefinition, 'whileRunning' | 'startupMs'>,
  history: RunHistory,
  at: number,
  inMaintenance: boolean,
): Attention {
  if (whileRunning && !(at - runningSince(history, at) >= startupMs)) return ATTENTION.suppressed
  return inMaintenance ? ATTENTION.clearing : ATTENTION.full
}
