import { faultKinds, faultModesOf, type FaultKind, type FaultMode } from './faults.ts'
import type { Model } from './fleet/spec.ts'
import { seededRandom } from './physics/random.ts'
import { SimulatorError } from './simulator-error.ts'

/** A wish to inject; where a developing fault begins is told by `progress` (0 to 1) or by `elapsedMs`, default the start. */
export interface FaultInjection {
  mode: FaultMode
  progress?: number
  elapsedMs?: number
  /** Squeezes what takes weeks into this much running time from nothing to the full extent. */
  overMs?: number
  /** For `stuck-sensor`: the signal that freezes. */
  signal?: string
}

export interface ActiveFault {
  readonly mode: FaultMode
  /** Epoch ms of the injection. */
  readonly since: number
  /** 0 to 1; grows with running time. */
  readonly progress: number
  /** Running time from 0 to 1; 0 where the fault is there at once. */
  readonly developsMs: number
  readonly signal?: string
}

/** The sensors would not follow anything quicker: their own inertia would be all there is to see. */
const shortestOverMs = 10_000

/** Checks a wish against the catalogue. The seed decides how fast this machine's fault develops. */
export function beginFault(injection: FaultInjection, model: Model, since: number, seed: number): ActiveFault {
  const { mode, signal } = injection
  const kind = faultKinds[mode]
  if (!kind.models.includes(model)) {
    const there = faultModesOf(model).join(', ')
    throw new SimulatorError('fault/wrong-model', `${mode} does not exist on ${model}; there are ${there}`)
  }
  if (mode === 'stuck-sensor' && signal === undefined) {
    throw new SimulatorError('fault/signal-missing', 'stuck-sensor needs the signal that freezes')
  }
  if (mode !== 'stuck-sensor' && signal !== undefined) {
    throw new SimulatorError('fault/signal-unexpected', `${mode} takes no signal; only stuck-sensor does`)
  }
  const developsMs = developmentTime(kind, injection, seed)
  const fault = { mode, since, developsMs, progress: startingProgress(injection, developsMs) }
  return signal === undefined ? fault : { ...fault, signal }
}

/** The fault after the machine has run for `ranMs`; a machine that stands still wears nothing. */
export function develop(fault: ActiveFault, ranMs: number): ActiveFault {
  if (fault.progress >= 1 || ranMs === 0) return fault
  return { ...fault, progress: Math.min(1, fault.progress + ranMs / fault.developsMs) }
}

function developmentTime({ developsMs }: FaultKind, { mode, elapsedMs, overMs }: FaultInjection, seed: number): number {
  if (overMs === undefined) return developsMs ? between(developsMs, seededRandom(seed).next()) : 0
  if (!developsMs) throw new SimulatorError('fault/over-invalid', `${mode} is there at once; it develops over no time`)
  if (elapsedMs !== undefined) {
    const message = 'elapsedMs counts in the time that the fault really takes; with overMs give progress'
    throw new SimulatorError('fault/over-invalid', message)
  }
  const [, longest] = developsMs
  if (!(overMs >= shortestOverMs && overMs <= longest)) {
    const message = `overMs must lie between ${shortestOverMs} and the ${longest} that ${mode} takes at most by itself`
    throw new SimulatorError('fault/over-invalid', message)
  }
  return overMs
}

function between([shortest, longest]: readonly [number, number], share: number): number {
  return shortest + (longest - shortest) * share
}

function startingProgress({ mode, progress, elapsedMs }: FaultInjection, developsMs: number): number {
  if (progress === undefined && elapsedMs === undefined) return developsMs === 0 ? 1 : 0
  if (progress !== undefined && elapsedMs !== undefined) {
    throw new SimulatorError('fault/progress-invalid', 'give progress or elapsedMs, not both')
  }
  if (developsMs === 0)
    throw new SimulatorError('fault/progress-invalid', `${mode} is there at once; it has no progress`)
  const start = progress ?? Math.min(1, (elapsedMs ?? 0) / developsMs)
  if (!(start >= 0 && start <= 1)) {
    throw new SimulatorError(
      'fault/progress-invalid',
      'progress must lie between 0 and 1, elapsedMs must not be negative',
    )
  }
  return start
}
