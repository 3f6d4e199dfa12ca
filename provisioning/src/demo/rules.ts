import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { models, type DemoSignal } from './models.ts'

export interface DemoRule {
  readonly key: string
  readonly modelKey: string
  readonly failureModeKey: string
  readonly definition: ThresholdDefinition
}

const second = 1_000
const minute = 60 * second

/** On-delays by what is measured: pressure moves at once, heat in seconds, vibration needs an average; wear can wait. */
const onDelayMs = { pressure: 10 * second, temperature: 15 * second, vibration: 60 * second, slow: 5 * minute }

interface Watch {
  readonly signalKey: string
  readonly failureModeKey: string
  readonly measures: keyof typeof onDelayMs
  /** How far back inside a limit the level falls, in the signal's unit: a few times its noise. */
  readonly band: number
  /** Of a signal with limits on both sides, only these; its two sides are different stories. */
  readonly side?: 'high' | 'low'
  /** Minutes after a start in which the signal is not yet itself. */
  readonly startupMinutes?: number
  /** Watched at a standstill too: what is hot stays dangerous. */
  readonly always?: true
}

const compressor: readonly Watch[] = [
  { signalKey: 'discharge_temperature', failureModeKey: 'AC-01', measures: 'temperature', band: 2, always: true },
  // The receiver must be filled first, with the plant drawing from it meanwhile.
  {
    signalKey: 'discharge_pressure',
    side: 'low',
    failureModeKey: 'AC-05',
    measures: 'pressure',
    band: 0.02,
    startupMinutes: 10,
  },
  { signalKey: 'discharge_pressure', side: 'high', failureModeKey: 'AC-05', measures: 'pressure', band: 0.02 },
  // A clogging element is a matter of months: five minutes spare an alarm at every loading.
  { signalKey: 'separator_dp', failureModeKey: 'AC-02', measures: 'slow', band: 0.005, startupMinutes: 2 },
  { signalKey: 'current', failureModeKey: 'AC-02', measures: 'slow', band: 3, startupMinutes: 1 },
  { signalKey: 'motor_vibration', failureModeKey: 'AC-04', measures: 'vibration', band: 0.3, startupMinutes: 1 },
  { signalKey: 'airend_vibration', failureModeKey: 'AC-04', measures: 'vibration', band: 0.5, startupMinutes: 1 },
  { signalKey: 'inlet_vacuum', failureModeKey: 'AC-06', measures: 'slow', band: 0.3, startupMinutes: 1 },
  // The dryer is overloaded by air that left a fouled cooler too warm; it needs minutes to get cold.
  { signalKey: 'dew_point', failureModeKey: 'AC-03', measures: 'slow', band: 1, startupMinutes: 15 },
  { signalKey: 'specific_power', failureModeKey: 'AC-06', measures: 'slow', band: 0.15, startupMinutes: 15 },
]

const pump: readonly Watch[] = [
  { signalKey: 'vibration', failureModeKey: 'P-01', measures: 'vibration', band: 0.4, startupMinutes: 1 },
  { signalKey: 'kurtosis', failureModeKey: 'P-01', measures: 'vibration', band: 0.3, startupMinutes: 1 },
  { signalKey: 'bearing_temperature', failureModeKey: 'P-01', measures: 'temperature', band: 2, always: true },
  { signalKey: 'seal_leak', failureModeKey: 'P-02', measures: 'slow', band: 2, startupMinutes: 10 },
  { signalKey: 'inlet_pressure', failureModeKey: 'P-03', measures: 'pressure', band: 3, startupMinutes: 1 },
  { signalKey: 'outlet_pressure', failureModeKey: 'P-05', measures: 'pressure', band: 0.015, startupMinutes: 1 },
  { signalKey: 'flow', failureModeKey: 'P-06', measures: 'slow', band: 3, startupMinutes: 1 },
  { signalKey: 'current', side: 'low', failureModeKey: 'P-06', measures: 'slow', band: 1, startupMinutes: 1 },
  { signalKey: 'current', side: 'high', failureModeKey: 'P-01', measures: 'slow', band: 0.8, startupMinutes: 1 },
]

/** One rule for every limit of every signal; the limits are the model's. */
export const rules: readonly DemoRule[] = [...rulesOf('AC75', compressor), ...rulesOf('P100', pump)]

function rulesOf(modelKey: string, watches: readonly Watch[]): DemoRule[] {
  return watches.map((watch) => {
    const name = watch.signalKey.replaceAll('_', '-')
    return {
      key: [modelKey, name, watch.side].filter(Boolean).join('.'),
      modelKey,
      failureModeKey: watch.failureModeKey,
      definition: definitionOf(signalOf(modelKey, watch.signalKey), watch),
    }
  })
}

function definitionOf({ key, limits }: DemoSignal, watch: Watch): ThresholdDefinition {
  const { side, measures, band, startupMinutes = 0, always = false } = watch
  const [watchesHigh, watchesLow] = [side !== 'low', side !== 'high']
  return {
    kind: 'threshold',
    signalKey: key,
    limits: {
      hh: watchesHigh ? limits.hh : null,
      h: watchesHigh ? limits.h : null,
      l: watchesLow ? limits.l : null,
      ll: watchesLow ? limits.ll : null,
    },
    band,
    onDelayMs: onDelayMs[measures],
    offDelayMs: Math.max(30 * second, onDelayMs[measures]),
    latenessMs: 30 * second,
    whileRunning: !always,
    startupMs: startupMinutes * minute,
  }
}

function signalOf(modelKey: string, signalKey: string): DemoSignal {
  const signal = models.find(({ key }) => key === modelKey)?.signals.find(({ key }) => key === signalKey)
  if (!signal) throw new Error(`a rule watches ${signalKey}, which ${modelKey} does not have`)
  return signal
}
