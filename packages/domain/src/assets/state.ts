import type { AssetFile, AssetState } from '@fettle/contracts/assets'

const stateOfCode: Readonly<Record<number, AssetState>> = { 0: 'stopped', 1: 'idle', 2: 'running', 3: 'tripped' }

/** What every model's run-state signal means, whatever its controller calls it; undefined for what is no such code. */
export const stateOfRunCode = (code: number): AssetState | undefined => stateOfCode[code]

export interface AssetSigns {
  readonly mode: AssetFile['mode']
  /** Latest value of the run-state signal; null where none is known or it is bad. */
  readonly runState: number | null
  /** Newest reading of any signal, epoch ms; null where there never was one. */
  readonly lastReadingAtMs: number | null
  readonly nowMs: number
  /** A machine silent for longer is offline. */
  readonly offlineAfterMs: number
}

/** What a person sees at a glance. Maintenance goes before everything, silence before what was last said. */
export function assetState({ mode, runState, lastReadingAtMs, nowMs, offlineAfterMs }: AssetSigns): AssetState {
  if (mode === 'maintenance') return 'maintenance'
  if (lastReadingAtMs === null) return 'unknown'
  if (nowMs - lastReadingAtMs > offlineAfterMs) return 'offline'
  return (runState === null ? undefined : stateOfRunCode(runState)) ?? 'unknown'
}
