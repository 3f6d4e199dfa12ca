import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { heldSince, type StateHistory } from './state-history.ts'
import { ATTENTION, type Attention } from './threshold.ts'

/**
 * Since when the machine had been running at `at`: NaN when it was not, -Infinity when nothing is known of its start. A
 * machine that never told whether it runs counts as running: its rules would otherwise be silent without a word.
 */
export function runningSince(history: StateHistory, at: number): number {
  return heldSince(history, at, -Infinity)
}

/** How much a reading at `at` counts for a rule on this machine. */
export function attentionAt(
  { whileRunning, startupMs }: Pick<ThresholdDefinition, 'whileRunning' | 'startupMs'>,
  history: StateHistory,
  at: number,
  inMaintenance: boolean,
): Attention {
  if (whileRunning && !(at - runningSince(history, at) >= startupMs)) return ATTENTION.suppressed
  return inMaintenance ? ATTENTION.clearing : ATTENTION.full
}
