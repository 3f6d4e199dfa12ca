import type { Limits } from '@fettle/contracts/assets'
import type { ThresholdDefinition } from '@fettle/contracts/rules'

/** A signal that rules watch; `normal`, `over` and `far` are ranges of values that a machine of the works shows. */
export interface WatchedSignal {
  readonly key: string
  readonly unit: string
  readonly failureModeKey: string
  readonly normal: readonly [number, number]
  /** At or beyond the first limit, but not the second. */
  readonly over: readonly [number, number]
  /** At or beyond the second limit; absent where the rule has one limit only. */
  readonly far?: readonly [number, number]
  /** Between the first limit and its band: neither over nor back inside. */
  readonly within?: readonly [number, number]
  readonly rule: Pick<ThresholdDefinition, 'limits' | 'band' | 'onDelayMs' | 'offDelayMs'>
}

const none: Limits = { hh: null, h: null, l: null, ll: null }

/** With and without delays, on either side, one failure mode seen by two signals: what a crossing may be in this product. */
export const watchedSignals: readonly WatchedSignal[] = [
  {
    key: 'discharge_temperature',
    unit: '°C',
    failureModeKey: 'AC-01',
    normal: [80, 95],
    over: [100, 104.9],
    far: [105, 109],
    rule: { limits: { ...none, h: 100, hh: 105 }, band: 0, onDelayMs: 0, offDelayMs: 0 },
  },
  {
    key: 'oil_temperature',
    unit: '°C',
    failureModeKey: 'AC-01',
    normal: [60, 75],
    over: [85, 92],
    rule: { limits: { ...none, h: 85 }, band: 0, onDelayMs: 0, offDelayMs: 0 },
  },
  {
    key: 'separator_dp',
    unit: 'MPa',
    failureModeKey: 'AC-02',
    normal: [0.02, 0.04],
    over: [0.08, 0.095],
    within: [0.071, 0.079],
    rule: { limits: { ...none, h: 0.08 }, band: 0.01, onDelayMs: 0, offDelayMs: 500 },
  },
  {
    key: 'airend_vibration',
    unit: 'mm/s',
    failureModeKey: 'AC-04',
    normal: [4, 7],
    over: [9, 10.9],
    far: [11, 14],
    within: [8.6, 8.9],
    rule: { limits: { ...none, h: 9, hh: 11 }, band: 0.5, onDelayMs: 300, offDelayMs: 300 },
  },
  {
    key: 'discharge_pressure',
    unit: 'MPa',
    failureModeKey: 'AC-05',
    normal: [0.65, 0.8],
    over: [0.51, 0.55],
    far: [0.4, 0.5],
    rule: { limits: { ...none, l: 0.55, ll: 0.5 }, band: 0, onDelayMs: 1_000, offDelayMs: 0 },
  },
]

/** Signals that nobody watches, which make up the rest of what a machine sends. */
export const plainSignalKeys = Array.from({ length: 5 }, (_, band) => `vibration_band_${band + 1}`)

export const signalKeys: readonly string[] = [...watchedSignals.map(({ key }) => key), ...plainSignalKeys]

export const failureModeKeys = [...new Set(watchedSignals.map(({ failureModeKey }) => failureModeKey))]
