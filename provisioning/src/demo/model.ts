import type { Limits } from '@fettle/contracts/assets'
import type { Text } from '@fettle/contracts/scalars'

/** What every machine of a model measures; the same shape as a model's signals in the database. */
export interface DemoSignal {
  readonly key: string
  readonly name: Text
  readonly unit: string
  readonly decimals: number
  readonly limits: Limits
  readonly normal: readonly [number, number] | null
  /** Shown in lists, in this order; null is shown in the file only. */
  readonly headline: number | null
}

export interface DemoModel {
  readonly key: string
  readonly family: string
  readonly name: Text
  readonly manufacturer: string
  readonly specification: readonly { readonly label: Text; readonly value: string }[]
  /** 0 stopped, 1 idle (unloaded), 2 running (loaded), 3 tripped. */
  readonly runStateSignal: string
  /** The run states in which its rules hold: where idle means ready and still, nothing flows and nothing is wrong with that. */
  readonly runningStates: readonly number[]
  readonly signals: readonly DemoSignal[]
}

/** A context value that nothing watches. */
export const none: Limits = { hh: null, h: null, l: null, ll: null }
export const above = (h: number, hh: number): Limits => ({ ...none, h, hh })
/** Watched from below: `l` is the first of the two to be reached. */
export const below = (l: number, ll: number): Limits => ({ ...none, l, ll })

/** Signals that a controller counts or tells without a limit. */
export const runState: DemoSignal = {
  key: 'run_state',
  name: { zh: '运行状态', en: 'Run state' },
  unit: '',
  decimals: 0,
  limits: none,
  normal: null,
  headline: null,
}
export const runHours: DemoSignal = {
  key: 'run_hours',
  name: { zh: '运行时间', en: 'Running hours' },
  unit: 'h',
  decimals: 0,
  limits: none,
  normal: null,
  headline: null,
}
