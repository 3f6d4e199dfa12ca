import type { AlarmLevel } from '@fettle/contracts/alarms'
import { faultKinds, isFaultMode, type FaultMode } from '@fettle/devices-sim/faults'
import { fleet } from '@fettle/devices-sim/fleet'
import { machinesAt, type MachineSpec, type SiteSpec } from '@fettle/devices-sim/fleet/spec'
import { createMachine } from '@fettle/devices-sim/machine'
import { ATTENTION, compileThreshold } from '@fettle/domain/rules/threshold'
import { beginThreshold } from '@fettle/domain/rules/threshold-state'
import { models } from '@fettle/provisioning/demo/models'
import { rules, type DemoRule } from '@fettle/provisioning/demo/rules'
import { minuteMs } from './china-time.ts'

/** What a machine showed around an alarm. */
export interface Recording {
  readonly level: AlarmLevel
  readonly limit: number
  /** The reading that proved it, and the farthest out. */
  readonly value: number
  readonly peakValue: number
  /** Before anything was wrong. */
  readonly usualValue: number
  readonly times: readonly number[]
  /** Signal key to one value for each time. */
  readonly values: ReadonlyMap<string, readonly number[]>
}

export interface RecordingOptions {
  readonly assetKey: string
  readonly ruleKey: string
  /** Null where a sensor alone was wrong. */
  readonly failureModeKey: string | null
  /** When the alarm was raised; the recording is laid around it. */
  readonly raisedMs: number
}

const stepMs = 5_000
const beforeMs = 62 * minuteMs
const afterMs = 11 * minuteMs
/** How long a machine is watched for the alarm after the fault began. */
const patienceMs = 75 * minuteMs
const sensorJumpMs = 8 * minuteMs
/** Halvings until a slow fault is found that has come just so far. */
const halvings = 9

/**
 * Lives through the hours around a past alarm with the simulation's physics and the rule that watches: the same signals, limits
 * and holds as today. A fault of weeks is taken up where it had come to by then. Throws where this fault does not raise this rule.
 */
export function recordAlarm(options: RecordingOptions): Recording {
  const { failureModeKey } = options
  const { developsMs } = kindOf(failureModeKey)
  const isSlow = developsMs !== undefined && developsMs[1] > patienceMs
  const life = isSlow ? halvedLife(options) : lived(options, undefined)
  if (!life?.raised) {
    throw new Error(`${failureModeKey ?? 'a jump'} on ${options.assetKey} does not raise ${options.ruleKey}`)
  }
  return cut(life, life.raised, options)
}

function kindOf(failureModeKey: string | null): { developsMs?: readonly [number, number] } {
  return failureModeKey !== null && isFaultMode(failureModeKey) ? faultKinds[failureModeKey] : {}
}

/** The progress at which the limit is reached after an hour, not at once. */
function halvedLife(options: RecordingOptions): Life | undefined {
  let [low, high] = [0.2, 1]
  let best: Life | undefined
  for (let tries = 0; tries < halvings; tries++) {
    const middle = tries === 0 ? 1 : (low + high) / 2
    const life = lived(options, middle)
    if (life.raised && life.raised.afterMs >= beforeMs) return life
    if (life.raised) {
      best = life
      high = middle
    } else low = middle
  }
  return best
}

interface Raised {
  readonly level: AlarmLevel
  readonly limit: number
  readonly value: number
  /** Since the life began. */
  readonly afterMs: number
}

interface Life {
  readonly raised: Raised | undefined
  readonly values: Map<string, number[]>
}

function lived({ assetKey, ruleKey, failureModeKey, raisedMs }: RecordingOptions, progress: number | undefined): Life {
  const { site, spec } = machineOf(assetKey)
  const { definition } = ruleOf(ruleKey)
  const fromMs = raisedMs - beforeMs
  const machine = createMachine({ site, spec: { ...spec, initially: 'run' }, seed: raisedMs % 1_000_003, at: fromMs })
  const step = compileThreshold(definition)
  const state = beginThreshold()
  const model = models.find(({ key }) => key === spec.model)
  const values = new Map<string, number[]>(machine.signals.map(({ key }) => [key, []]))
  const mode = failureModeKey as FaultMode | null
  if (mode !== null && progress !== undefined) machine.inject({ mode, progress }, fromMs)
  let raised: Raised | undefined
  const isOver = (afterStartMs: number) =>
    raised ? afterStartMs > raised.afterMs + afterMs : afterStartMs > beforeMs + patienceMs
  for (let past = stepMs; !isOver(past); past += stepMs) {
    const at = fromMs + past
    if (mode !== null && progress === undefined && past === beforeMs) machine.inject({ mode }, at)
    if (mode === null && past === beforeMs) machine.forceSignal(definition.signalKey, beyond(definition.limits))
    if (mode === null && past === beforeMs + sensorJumpMs) machine.releaseSignal(definition.signalKey)
    machine.step(at, stepMs)
    const shown = machine.values()
    for (const [key, column] of values) column.push(shown[key] ?? Number.NaN)
    const runs = !definition.whileRunning || model?.runningStates.includes(shown[model.runStateSignal] ?? -1)
    const value = shown[definition.signalKey] ?? Number.NaN
    const finding = step(state, at, value, 0, runs ? ATTENTION.full : ATTENTION.suppressed)
    if (finding?.kind === 'raised' && !raised) {
      raised = { level: finding.level, limit: finding.limit, value: finding.value, afterMs: past }
    }
  }
  return { raised, values }
}

/** A little outside of the first limit, as a loose contact shows. */
function beyond({ l, h }: DemoRule['definition']['limits']): number {
  return l !== null ? l - Math.max(1, Math.abs(l) * 0.06) : (h ?? 0) * 1.06
}

/** The hour before the alarm and the minutes after, on the times that the alarm has in the history. */
function cut({ values }: Life, raised: Raised, { ruleKey, raisedMs }: RecordingOptions): Recording {
  const { signalKey } = ruleOf(ruleKey).definition
  const count = Math.max(0, ...[...values.values()].map((column) => column.length))
  const times = Array.from({ length: count }, (_, place) => raisedMs + (place + 1) * stepMs - raised.afterMs)
  const watched = values.get(signalKey) ?? []
  const isHigh = raised.level.startsWith('high')
  const peakValue = isHigh ? Math.max(...watched) : Math.min(...watched)
  const { level, limit, value } = raised
  return { level, limit, value, peakValue, usualValue: watched[0] ?? value, times, values }
}

function machineOf(assetKey: string): { site: SiteSpec; spec: MachineSpec } {
  for (const site of fleet) {
    const spec = machinesAt(site).find(({ deviceKey }) => deviceKey === assetKey)
    if (spec) return { site, spec }
  }
  throw new Error(`the simulation has no machine ${assetKey}`)
}

export function ruleOf(ruleKey: string): DemoRule {
  const rule = rules.find(({ key }) => key === ruleKey)
  if (!rule) throw new Error(`the demo data has no rule ${ruleKey}`)
  return rule
}
