import { driftValue, startDrift, stepDrift, type Drift } from '../physics/drift.ts'
import type { Random } from '../physics/random.ts'
import { advanceCircuit, type Circuit, type Drive } from './chiller-circuit.ts'
import {
  currentA,
  demandKw,
  highPressureResetKpa,
  highPressureTripKpa,
  leastSlide,
  lowPressureTripKpa,
  starCurrentA,
  uncovered,
  type ChillerBuild,
  type PressureSensor,
} from './chiller-laws.ts'
import { saturationC, saturationKpa } from './chiller-refrigerant.ts'
import { hourMs, minuteMs, type MachineModel, type SignalSpec, type Surroundings } from './model.ts'

/** Ready is: water circulates, the compressor waits for warmer water, for its restart delay or to be asked at all. */
export const chillerRunStates = { stopped: 0, ready: 1, running: 2, tripped: 3 } as const
type RunState = (typeof chillerRunStates)[keyof typeof chillerRunStates]

const noises = ['demand', 'water', 'flow', 'evaporating', 'condensing', 'oil', 'discharge', 'current'] as const
type Noise = (typeof noises)[number]

export interface ChillerState extends Circuit {
  runState: RunState
  /** Time in this run state. */
  sinceMs: number
  /** Time since the compressor last stopped; the controller spares it starts in quick succession. */
  restedMs: number
  /** Liquid level below the thermistor's pocket, as the share of the superheat that it feels. */
  uncovered: number
  /** What the stuck pressure sensor shows; null while all of them follow. */
  stuckAt: number | null
  runMs: number
  drift: Readonly<Record<Noise, Drift>>
  /** Fast noise of one step, standard normal. */
  hiss: Readonly<Record<Noise, number>>
}

const signals: readonly SignalSpec[] = [
  { key: 'leaving_water_temperature', unit: '°C', resolution: 0.01 },
  { key: 'entering_water_temperature', unit: '°C', resolution: 0.01 },
  { key: 'chilled_water_flow', unit: 'm³/h', resolution: 0.1 },
  { key: 'evaporating_pressure', unit: 'kPa', resolution: 0.1 },
  { key: 'condensing_pressure', unit: 'kPa', resolution: 0.1 },
  { key: 'evaporator_approach', unit: 'K', resolution: 0.01 },
  { key: 'condenser_approach', unit: 'K', resolution: 0.01 },
  { key: 'oil_dp', unit: 'kPa', resolution: 0.1 },
  { key: 'discharge_temperature', unit: '°C', resolution: 0.1 },
  { key: 'current', unit: 'A', resolution: 0.1 },
  { key: 'load', unit: '%', resolution: 0.1 },
  { key: 'run_state', unit: '', resolution: 1 },
  { key: 'run_hours', unit: 'h', resolution: 1 },
]

/** Water must flow, and oil be warm and circulating, for this long before the compressor starts. */
const prelubeMs = 60_000
const restMs = 5 * minuteMs
const starDeltaMs = 5_000
/** Water so far above the set point starts the compressor, and so far below it, at the least load, stops it. */
const startAboveK = 1
const stopBelowK = 1.5
/** A cold start pulls the suction low for a moment, which is no reason to trip. */
const lowPressureDelayMs = 2 * minuteMs

function settled(build: ChillerBuild, surroundings: Surroundings, random: Random): ChillerState {
  const { ambientC, command } = surroundings
  const running = command === 'run'
  const circulates = command !== 'stop'
  const coldC = circulates ? build.setPointC : ambientC
  const warmC = running ? build.towerSetC : ambientC
  const guess: Circuit = {
    slide: running ? 0.75 : leastSlide,
    coolingKw: running ? 750 : 0,
    powerKw: 0,
    flowM3PerH: circulates ? build.flowM3PerH : 0,
    enteringC: coldC + (running ? 4 : 0),
    leavingC: coldC,
    evaporatingC: coldC - (running ? build.evaporatorApproachK : 0),
    condensingC: warmC + (running ? 5 : 0),
    basinC: warmC,
    hotC: warmC + (running ? 4 : 0),
    fan: running ? 0.5 : 0,
    dischargeC: running ? warmC + 5 + build.dischargeRiseK : ambientC,
    oilDpKpa: running ? build.oilDpKpa : 0,
    lostOil: surroundings.severity('CH-04'),
  }
  const drive = driveOf(surroundings, running, circulates, demandKw(build, surroundings.at, ambientC))
  return {
    // An hour in which the loops find their balance. A dead fan is left out: nothing lives with it for an hour.
    ...advanceCircuit(build, guess, { ...drive, deadFan: 0 }, hourMs),
    runState: running ? chillerRunStates.running : circulates ? chillerRunStates.ready : chillerRunStates.stopped,
    sinceMs: hourMs,
    restedMs: running ? 0 : hourMs,
    uncovered: uncovered(drive.lostCharge),
    stuckAt: null,
    runMs: build.runHours * hourMs,
    drift: forEachNoise(() => startDrift(random)),
    hiss: forEachNoise(() => 0),
  }
}

function step(build: ChillerBuild, before: ChillerState, to: Surroundings, random: Random, dtMs: number): ChillerState {
  const drift = forEachNoise((noise) => stepDrift(before.drift[noise], random, dtMs))
  const hiss = forEachNoise(() => random.gaussian())
  const runState = nextRunState(build, before, to)
  const compressor = runState === chillerRunStates.running
  const demand = demandKw(build, to.at, to.ambientC) * (1 + 0.025 * driftValue(drift.demand))
  const drive = driveOf(to, compressor, runState !== chillerRunStates.stopped, demand)
  return {
    ...advanceCircuit(build, before, drive, dtMs),
    runState,
    sinceMs: runState === before.runState ? before.sinceMs + dtMs : 0,
    restedMs: compressor ? 0 : before.restedMs + dtMs,
    uncovered: uncovered(drive.lostCharge),
    stuckAt: stuckValue(build, before, to),
    runMs: before.runMs + (compressor ? dtMs : 0),
    drift,
    hiss,
  }
}

function driveOf(
  { ambientC, command, severity }: Surroundings,
  compressor: boolean,
  circulates: boolean,
  demand: number,
): Drive {
  return {
    compressor,
    circulates,
    neighbour: command === 'idle',
    demandKw: demand,
    ambientC,
    scale: severity('CH-01'),
    lostCharge: severity('CH-02'),
    blockedStrainer: severity('CH-03'),
    lostOil: severity('CH-04'),
    deadFan: severity('CH-05'),
  }
}

function nextRunState(build: ChillerBuild, state: ChillerState, { command, reset }: Surroundings): RunState {
  const { running, ready, stopped, tripped } = chillerRunStates
  const condensingKpa = saturationKpa(state.condensingC)
  if (state.runState === tripped) {
    if (!reset || condensingKpa > highPressureResetKpa) return tripped
    return command === 'stop' ? stopped : ready
  }
  if (command === 'stop') return stopped
  if (state.runState === stopped) return ready
  if (state.runState === ready) {
    const wanted = command === 'run' && state.leavingC >= build.setPointC + startAboveK
    return wanted && state.sinceMs >= prelubeMs && state.restedMs >= restMs ? running : ready
  }
  const frozen = saturationKpa(state.evaporatingC) <= lowPressureTripKpa && state.sinceMs > lowPressureDelayMs
  if (condensingKpa >= highPressureTripKpa || frozen) return tripped
  const enough = state.slide <= leastSlide && state.leavingC <= build.setPointC - stopBelowK
  return command === 'idle' || enough ? ready : running
}

/** A sensor sticks while pressures move, that is in operation, and stays where it was until it is replaced. */
function stuckValue(build: ChillerBuild, before: ChillerState, to: Surroundings): number | null {
  if (to.severity('CH-06') < 0.5) return null
  if (before.stuckAt !== null) return before.stuckAt
  return before.runState === chillerRunStates.running ? sensedPressures(build, before)[build.weakSensor] : null
}

/** What the pressure sensors say, kPa gauge. */
function sensedPressures(build: ChillerBuild, state: ChillerState): Record<PressureSensor, number> {
  const { drift, hiss } = state
  const compressor = state.runState === chillerRunStates.running
  const noise = (name: Noise, slow: number, fast: number) =>
    (compressor ? slow : 0) * driftValue(drift[name]) + (compressor ? 1 : 0.2) * fast * hiss[name]
  const sensed = {
    evaporating_pressure: Math.max(0, saturationKpa(state.evaporatingC) + noise('evaporating', 0.8, 0.4)),
    condensing_pressure: Math.max(0, saturationKpa(state.condensingC) + noise('condensing', 2, 0.9)),
    oil_dp: compressor ? Math.max(0, state.oilDpKpa + noise('oil', 4, 2)) : 0,
  }
  return state.stuckAt === null ? sensed : { ...sensed, [build.weakSensor]: state.stuckAt }
}

function read(build: ChillerBuild, state: ChillerState): Record<string, number> {
  const { drift, hiss } = state
  const compressor = state.runState === chillerRunStates.running
  const noise = (name: Noise, slow: number, fast: number) => slow * driftValue(drift[name]) + fast * hiss[name]
  const pressures = sensedPressures(build, state)
  const running = (value: number) => (compressor ? Math.max(0, value) : 0)
  const starting = state.sinceMs < starDeltaMs
  const motorA = starting ? starCurrentA(state.sinceMs) : currentA(build, state.powerKw)
  const flows = state.flowM3PerH > 0.05 * build.flowM3PerH
  return {
    leaving_water_temperature: state.leavingC + noise('water', 0.03, 0.02),
    entering_water_temperature: state.enteringC + noise('water', 0.02, 0) + 0.02 * hiss.flow,
    chilled_water_flow: flows ? state.flowM3PerH + noise('flow', 0.9, 0.5) : 0,
    ...pressures,
    evaporator_approach: running(
      (state.leavingC - state.evaporatingC) * (1 - state.uncovered) + noise('evaporating', -0.03, 0.02),
    ),
    // The controller has no thermistor in the condenser: it takes saturation at the pressure that its sensor says.
    condenser_approach: running(saturationC(pressures.condensing_pressure) - state.hotC),
    discharge_temperature: state.dischargeC + (compressor ? noise('discharge', 0.25, 0.08) : 0.05 * hiss.discharge),
    current: running(motorA + noise('current', 0.8, 0.5)),
    load: running(100 * state.slide + noise('current', 0.2, 0.1)),
    run_state: state.runState,
    run_hours: Math.floor(state.runMs / hourMs),
  }
}

function forEachNoise<T>(make: (noise: Noise) => T): Record<Noise, T> {
  return {
    demand: make('demand'),
    water: make('water'),
    flow: make('flow'),
    evaporating: make('evaporating'),
    condensing: make('condensing'),
    oil: make('oil'),
    discharge: make('discharge'),
    current: make('current'),
  }
}

export const chiller: MachineModel<ChillerState, ChillerBuild> = {
  signals,
  settled,
  step,
  read,
  isRunning: ({ runState }) => runState === chillerRunStates.running,
  isTripped: ({ runState }) => runState === chillerRunStates.tripped,
}
