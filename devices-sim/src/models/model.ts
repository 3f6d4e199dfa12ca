import type { Random } from '../physics/random.ts'

/** One measured quantity as the machine's controller offers it. */
export interface SignalSpec {
  key: string
  unit: string
  /** The smallest step that the controller shows. */
  resolution: number
}

export type Values = Readonly<Record<string, number>>

/**
 * What the machine is told to do; a trip can keep it from obeying. `idle` is switched on without work: a machining centre
 * without a program, a pump that stands by; a model without such a state treats it as `stop`.
 */
export type Command = 'run' | 'idle' | 'stop'

/** Everything outside the machine that a step depends on. */
export interface Surroundings {
  /** Epoch ms at the end of the step. */
  at: number
  ambientC: number
  command: Command
  /** Someone acknowledged a trip at the panel; the machine obeys once it has cooled down. */
  reset: boolean
  /** How far each failure mode has developed, 0 to 1; 0 when absent. */
  severity: (mode: string) => number
}

/**
 * The physics of one kind of machine. `step` is pure but for the randomness passed in: the same state, surroundings and
 * random sequence give the same next state.
 */
export interface MachineModel<State, Build> {
  signals: readonly SignalSpec[]
  /** A machine that has been in the given condition for hours: warm when it runs, cold when it is stopped. */
  settled(build: Build, surroundings: Surroundings, random: Random): State
  step(build: Build, state: State, surroundings: Surroundings, random: Random, dtMs: number): State
  /** What the sensors say, unrounded; one value per entry of `signals`. */
  read(build: Build, state: State): Values
  isRunning(state: State): boolean
  isTripped(state: State): boolean
}

export const minuteMs = 60_000
export const hourMs = 3_600_000

/** Heat of a stopped machine decays with this time constant. */
export const coolingTauMs = 40 * minuteMs
