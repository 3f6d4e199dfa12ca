import type { FaultMode } from './faults.ts'
import { beginFault, develop, type ActiveFault, type FaultInjection } from './fault-injection.ts'
import type { MachineSpec, Model, SiteSpec } from './fleet/spec.ts'
import { chiller } from './models/chiller.ts'
import { injectionMoulding } from './models/injection-moulding.ts'
import { machiningCentre } from './models/machining-centre.ts'
import { hourMs, type Command, type MachineModel, type SignalSpec, type Values } from './models/model.ts'
import { pump } from './models/pump.ts'
import { screwCompressor } from './models/screw-compressor.ts'
import { ambientTemperature } from './physics/ambient.ts'
import { seededRandom, seedFor } from './physics/random.ts'
import { SimulatorError } from './simulator-error.ts'

export interface MachineSnapshot {
  deviceKey: string
  model: Model
  site: string
  running: boolean
  tripped: boolean
  /** False while its communication is lost. */
  online: boolean
  values: Values
  faults: { mode: FaultMode; since: string; progress: number; signal?: string }[]
  /** Signals held at a value by hand. */
  forced: Values
}

/** One simulated machine: its physics, its faults and what its controller shows. */
export interface SimulatedMachine {
  readonly deviceKey: string
  readonly spec: MachineSpec
  readonly signals: readonly SignalSpec[]
  /** Lets `dtMs` pass; `at` is the epoch ms at its end. */
  step(at: number, dtMs: number): void
  /** The signals as the controller shows them: rounded, with stuck and forced ones in their place. */
  values(): Values
  isOnline(): boolean
  /** Adds a fault; one of the same mode is replaced. Throws SimulatorError. */
  inject(injection: FaultInjection, at: number): void
  /** Repairs a fault. A machine that it had tripped restarts as soon as it has cooled down. Throws SimulatorError. */
  clear(mode: FaultMode): void
  /** Start (which also acknowledges a trip) or stop at the panel; one that began idle goes back to that. */
  setRunning(running: boolean): void
  /** Shows `value` for a signal from now on, whatever the physics say. Throws SimulatorError. */
  forceSignal(key: string, value: number): void
  releaseSignal(key: string): void
  snapshot(): MachineSnapshot
}

export interface MachineOptions {
  site: SiteSpec
  spec: MachineSpec
  seed: number
  /** Epoch ms of the beginning. */
  at: number
  /** Room temperature to begin with, instead of the season's; the difference fades over a working day. */
  startAmbientC?: number
}

const roomTauMs = 8 * hourMs

export function createMachine(options: MachineOptions): SimulatedMachine {
  const { spec } = options
  // Here a machine's data meets its physics; the arms look alike because each has a state of its own type.
  switch (spec.model) {
    case 'AC75':
      return simulate(options, screwCompressor, spec.build)
    case 'IM280':
      return simulate(options, injectionMoulding, spec.build)
    case 'VMC850':
      return simulate(options, machiningCentre, spec.build)
    case 'CH1000':
      return simulate(options, chiller, spec.build)
    case 'P100':
      return simulate(options, pump, spec.build)
  }
}

function simulate<State, Build>(
  { site, spec, seed, at: startAt, startAmbientC }: MachineOptions,
  model: MachineModel<State, Build>,
  build: Build,
): SimulatedMachine {
  const machineSeed = seedFor(seed, spec.deviceKey)
  const random = seededRandom(machineSeed)
  const faults = new Map<FaultMode, ActiveFault>()
  const forced = new Map<string, number>()
  let stuckAt = 0
  const rest: Command = spec.initially === 'idle' ? 'idle' : 'stop'
  let command: Command = spec.initially
  let reset = false
  let roomExcessK = startAmbientC === undefined ? 0 : startAmbientC - seasonal(startAt)
  let state = model.settled(build, surroundings(startAt), random)
  /** Wires ask more often than the machine changes. */
  let shown: Values | undefined

  function seasonal(at: number): number {
    return ambientTemperature(site.climate, seed, site.key, at)
  }

  function surroundings(at: number) {
    const severity = (mode: string) => faults.get(mode as FaultMode)?.progress ?? 0
    return { at, ambientC: seasonal(at) + roomExcessK, command, reset, severity }
  }

  function step(at: number, dtMs: number): void {
    roomExcessK *= Math.exp(-dtMs / roomTauMs)
    const ranMs = model.isRunning(state) ? dtMs : 0
    for (const [mode, fault] of faults) faults.set(mode, develop(fault, ranMs))
    state = model.step(build, state, surroundings(at), random, dtMs)
    reset &&= model.isTripped(state)
    shown = undefined
  }

  function values(): Values {
    shown ??= Object.fromEntries(shownSignals())
    return shown
  }

  function shownSignals(): [key: string, value: number][] {
    const sensed = model.read(build, state)
    const stuck = faults.get('stuck-sensor')?.signal
    return model.signals.map(({ key, resolution }) => {
      const value = key === stuck ? stuckAt : (sensed[key] ?? 0)
      return [key, forced.get(key) ?? round(value, resolution)]
    })
  }

  function known(key: string): string {
    if (model.signals.some((signal) => signal.key === key)) return key
    const keys = model.signals.map((signal) => signal.key).join(', ')
    throw new SimulatorError('signal/unknown', `${spec.deviceKey} has no signal ${key}; it has ${keys}`)
  }

  return {
    deviceKey: spec.deviceKey,
    spec,
    signals: model.signals,
    step,
    values,
    isOnline: () => !faults.has('lost-communication'),
    inject(injection, at) {
      const fault = beginFault(injection, spec.model, at, seedFor(machineSeed, injection.mode))
      if (fault.signal !== undefined) stuckAt = values()[known(fault.signal)] ?? 0
      faults.set(fault.mode, fault)
      shown = undefined
    },
    clear(mode) {
      if (!faults.delete(mode)) {
        throw new SimulatorError('fault/not-active', `${spec.deviceKey} has no ${mode} to clear`)
      }
      reset ||= model.isTripped(state)
      shown = undefined
    },
    setRunning(running) {
      command = running ? 'run' : rest
      reset ||= running && model.isTripped(state)
    },
    forceSignal(key, value) {
      forced.set(known(key), value)
      shown = undefined
    },
    releaseSignal(key) {
      if (!forced.delete(known(key))) {
        throw new SimulatorError('signal/not-forced', `${key} of ${spec.deviceKey} is not held at a value`)
      }
      shown = undefined
    },
    snapshot: () => ({
      deviceKey: spec.deviceKey,
      model: spec.model,
      site: site.key,
      running: model.isRunning(state),
      tripped: model.isTripped(state),
      online: !faults.has('lost-communication'),
      values: values(),
      faults: [...faults.values()].map(({ mode, since, progress, signal }) => ({
        mode,
        since: new Date(since).toISOString(),
        progress,
        ...(signal === undefined ? {} : { signal }),
      })),
      forced: Object.fromEntries(forced),
    }),
  }
}

/** Rounds to a multiple of `resolution` without the tail that 0.1 has in binary. */
function round(value: number, resolution: number): number {
  const steps = Math.round(1 / resolution)
  return Math.round(value * steps) / steps
}
