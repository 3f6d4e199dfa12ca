import type { AssetState, Limits } from '@fettle/contracts/assets'

/** A machine that is heard of says something of itself at least this often. */
const STALE_AFTER_MS = 60_000
const heardOf: readonly AssetState[] = ['running', 'idle', 'stopped', 'tripped']

/**
 * Whether a value says nothing about now. Of a machine that is heard of no age does: many tell only what changed, and what
 * gets lost on the way is declared bad by the gateway.
 */
export const isStale = (state: AssetState, ageMs: number): boolean => !heardOf.includes(state) && ageMs > STALE_AFTER_MS

export type Standing = 'critical' | 'warning' | 'ok'

/** Where a value stands against its limits right now, without the delays that rules have. Null without any limit. */
export function standing(value: number, { hh, h, l, ll }: Limits): Standing | undefined {
  if ((hh !== null && value >= hh) || (ll !== null && value <= ll)) return 'critical'
  if ((h !== null && value >= h) || (l !== null && value <= l)) return 'warning'
  return hh === null && h === null && l === null && ll === null ? undefined : 'ok'
}

/** Limits hold for a machine that runs; a standing one has no flow and no pressure, and that is well. */
export const isJudged = (state: AssetState): boolean => state === 'running'
