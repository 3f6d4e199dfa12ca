import type { AssetState, Limits } from '@fettle/contracts/assets'

/** Sources report at least every few seconds; a value older than this says since when it stands. */
export const STALE_AFTER_MS = 60_000

export type Standing = 'critical' | 'warning' | 'ok'

/** Where a value stands against its limits right now, without the delays that rules have. Null without any limit. */
export function standing(value: number, { hh, h, l, ll }: Limits): Standing | undefined {
  if ((hh !== null && value >= hh) || (ll !== null && value <= ll)) return 'critical'
  if ((h !== null && value >= h) || (l !== null && value <= l)) return 'warning'
  return hh === null && h === null && l === null && ll === null ? undefined : 'ok'
}

/** Limits hold for a machine that runs; a standing one has no flow and no pressure, and that is well. */
export const isJudged = (state: AssetState): boolean => state === 'running'
