import type { ThresholdDefinition } from '@fettle/contracts/rules'

/** What the replay tests watch: a machine's temperature from below. */
export interface LowLimit {
  l: number
  ll: number
  band: number
  onDelayMs: number
  offDelayMs: number
}

/** The signal of the recorded machines. */
export const signalKey = 'temperature'

export const definitionOf = ({ l, ll, ...rest }: LowLimit): ThresholdDefinition => ({
  kind: 'threshold',
  signalKey,
  limits: { hh: null, h: null, l, ll },
  latenessMs: 30_000,
  whileRunning: false,
  startupMs: 0,
  ...rest,
})
