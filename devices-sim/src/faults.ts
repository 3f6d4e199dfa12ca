import { minuteMs } from './models/model.ts'
import type { MachineSpec } from './fleet.ts'
import { seededRandom } from './physics/random.ts'
import { SimulatorError } from './simulator-error.ts'

const weekMs = 7 * 24 * 60 * minuteMs

export type Model = MachineSpec['model']

export const faultModes = ['AC-01', 'AC-04', 'P-01', 'P-03', 'stuck-sensor', 'lost-communication'] as const
export type FaultMode = (typeof faultModes)[number]

interface FaultKind {
  name: string
  models: readonly Model[]
  /** Running time from the first sign to the full extent, shortest and longest; absent where it is there at once. */
  developsMs?: readonly [shortest: number, longest: number]
}

/** What can be injected. What it does to signals is in the physics of the model, which asks for its severity. */
export const faultKinds: Readonly<Record<FaultMode, FaultKind>> = {
  'AC-01': { name: '风机故障 cooling fan stands still', models: ['AC75'] },
  'AC-04': { name: '主机轴承 airend bearings wear', models: ['AC75'], developsMs: [3 * weekMs, 8 * weekMs] },
  'P-01': { name: '轴承磨损 pump bearing wears', models: ['P100'], developsMs: [6 * weekMs, 10 * weekMs] },
  'P-03': { name: '汽蚀 suction strainer clogs', models: ['P100'], developsMs: [2 * minuteMs, 3 * minuteMs] },
  'stuck-sensor': { name: '传感器卡死 one signal freezes', models: ['AC75', 'P100'] },
  'lost-communication': { name: '通讯中断 machine cannot be reached', models: ['AC75', 'P100'] },
}

/** A wish to inject; where a developing fault begins is told by `progress` (0 to 1) or by `elapsedMs`, default the start. */
export interface FaultInjection {
  mode: FaultMode
  progress?: number
  elapsedMs?: number
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

/** Checks a wish against the catalogue. The seed decides how fast this machine's fault develops. */
export function beginFault(injection: FaultInjection, model: Model, since: number, seed: number): ActiveFault {
  const { mode, signal } = injection
  const kind = faultKinds[mode]
  if (!kind.models.includes(model)) throw new SimulatorError('fault/wrong-model', `${mode} does not exist on ${model}`)
  if (mode === 'stuck-sensor' && signal === undefined) {
    throw new SimulatorError('fault/signal-missing', 'stuck-sensor needs the signal that freezes')
  }
  if (mode !== 'stuck-sensor' && signal !== undefined) {
    throw new SimulatorError('fault/signal-unexpected', `${mode} takes no signal; only stuck-sensor does`)
  }
  const developsMs = developmentTime(kind, seed)
  const fault = { mode, since, developsMs, progress: startingProgress(injection, developsMs) }
  return signal === undefined ? fault : { ...fault, signal }
}

/** The fault after the machine has run for `ranMs`; a machine that stands still wears nothing. */
export function develop(fault: ActiveFault, ranMs: number): ActiveFault {
  if (fault.progress >= 1 || ranMs === 0) return fault
  return { ...fault, progress: Math.min(1, fault.progress + ranMs / fault.developsMs) }
}

function developmentTime({ developsMs }: FaultKind, seed: number): number {
  if (!developsMs) return 0
  const [shortest, longest] = developsMs
  return shortest + (longest - shortest) * seededRandom(seed).next()
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
