import type { RuleCondition, ThresholdDefinition } from '@fettle/contracts/rules'
import type { DemoSignal } from './model.ts'
import { models } from './models.ts'

export interface DemoRule {
  readonly key: string
  readonly modelKey: string
  readonly failureModeKey: string
  readonly definition: ThresholdDefinition
}

const second = 1_000
const minute = 60 * second

/**
 * On-delays by what is measured: pressure moves at once, heat in seconds, a cut may be heavy for half a minute, vibration needs
 * an average, wear can wait, and an approach says something of a heat exchanger only once the load has been steady.
 */
const onDelayMs = {
  pressure: 10 * second,
  temperature: 15 * second,
  load: 30 * second,
  vibration: 60 * second,
  slow: 5 * minute,
  approach: 30 * minute,
}

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
  /** The working point at which the limits are meant; readings at another one count for nothing. */
  readonly condition?: RuleCondition
}

/** Vibration grows with the speed; its limits are those of the finishing cuts and of the warm-up's last step. */
const atFinishingSpeed: RuleCondition = { signalKey: 'spindle_speed', atLeast: 5_900, atMost: 6_100 }
/** An approach shrinks with the heat that goes through, so at low load even a fouled exchanger looks clean. */
const underLoad: RuleCondition = { signalKey: 'load', atLeast: 60 }

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

const injectionMoulder: readonly Watch[] = [
  { signalKey: 'oil_temperature', failureModeKey: 'IM-04', measures: 'temperature', band: 1 },
  // It does not count as running until the barrel has been hot for a while.
  {
    signalKey: 'zone3_temperature',
    side: 'low',
    failureModeKey: 'IM-01',
    measures: 'temperature',
    band: 1.5,
    startupMinutes: 5,
  },
  { signalKey: 'zone3_temperature', side: 'high', failureModeKey: 'IM-02', measures: 'temperature', band: 1.5 },
  { signalKey: 'heater_duty', failureModeKey: 'IM-01', measures: 'slow', band: 5, startupMinutes: 5 },
  // Cold melt is stiff: the peak rises when a zone has lost its heater.
  { signalKey: 'injection_pressure_peak', failureModeKey: 'IM-01', measures: 'pressure', band: 3, startupMinutes: 10 },
  { signalKey: 'cushion', failureModeKey: 'IM-03', measures: 'slow', band: 0.3, startupMinutes: 10 },
  { signalKey: 'cycle_time', failureModeKey: 'IM-04', measures: 'slow', band: 0.4, startupMinutes: 10 },
  { signalKey: 'holding_pump_speed', failureModeKey: 'IM-05', measures: 'slow', band: 20, startupMinutes: 10 },
  { signalKey: 'tie_bar_imbalance', failureModeKey: 'IM-06', measures: 'slow', band: 0.5, startupMinutes: 10 },
]

const machiningCentre: readonly Watch[] = [
  { signalKey: 'spindle_load', failureModeKey: 'VMC-01', measures: 'load', band: 8 },
  { signalKey: 'spindle_temperature', failureModeKey: 'VMC-01', measures: 'temperature', band: 1.5 },
  {
    signalKey: 'spindle_vibration',
    failureModeKey: 'VMC-01',
    measures: 'vibration',
    band: 0.2,
    condition: atFinishingSpeed,
  },
  { signalKey: 'air_pressure', failureModeKey: 'VMC-03', measures: 'pressure', band: 0.015, startupMinutes: 2 },
  { signalKey: 'lubrication_pulse', failureModeKey: 'VMC-05', measures: 'pressure', band: 0.08, startupMinutes: 5 },
  { signalKey: 'unclamp_time', failureModeKey: 'VMC-02', measures: 'slow', band: 0.08 },
  { signalKey: 'x_backlash', failureModeKey: 'VMC-04', measures: 'slow', band: 0.8 },
  { signalKey: 'z_load', failureModeKey: 'VMC-05', measures: 'slow', band: 6 },
]

const chiller: readonly Watch[] = [
  // A warm water loop takes a while to come down after a start.
  {
    signalKey: 'leaving_water_temperature',
    failureModeKey: 'CH-02',
    measures: 'temperature',
    band: 0.4,
    startupMinutes: 30,
  },
  { signalKey: 'chilled_water_flow', failureModeKey: 'CH-03', measures: 'slow', band: 4, startupMinutes: 2 },
  { signalKey: 'evaporating_pressure', failureModeKey: 'CH-02', measures: 'pressure', band: 6, startupMinutes: 10 },
  { signalKey: 'condensing_pressure', failureModeKey: 'CH-05', measures: 'pressure', band: 20, startupMinutes: 5 },
  {
    signalKey: 'evaporator_approach',
    failureModeKey: 'CH-02',
    measures: 'approach',
    band: 0.3,
    startupMinutes: 30,
    condition: underLoad,
  },
  {
    signalKey: 'condenser_approach',
    failureModeKey: 'CH-01',
    measures: 'approach',
    band: 0.3,
    startupMinutes: 30,
    condition: underLoad,
  },
  { signalKey: 'oil_dp', failureModeKey: 'CH-04', measures: 'pressure', band: 12, startupMinutes: 3 },
  { signalKey: 'discharge_temperature', failureModeKey: 'CH-02', measures: 'temperature', band: 2, always: true },
  { signalKey: 'current', failureModeKey: 'CH-01', measures: 'slow', band: 5, startupMinutes: 1 },
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
export const rules: readonly DemoRule[] = [
  ...rulesOf('AC75', compressor),
  ...rulesOf('IM280', injectionMoulder),
  ...rulesOf('VMC850', machiningCentre),
  ...rulesOf('CH1000', chiller),
  ...rulesOf('P100', pump),
]

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
  const { side, measures, band, startupMinutes = 0, always = false, condition } = watch
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
    ...(condition && { condition }),
  }
}

function signalOf(modelKey: string, signalKey: string): DemoSignal {
  const signal = models.find(({ key }) => key === modelKey)?.signals.find(({ key }) => key === signalKey)
  if (!signal) throw new Error(`a rule watches ${signalKey}, which ${modelKey} does not have`)
  return signal
}
