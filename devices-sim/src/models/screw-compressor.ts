import { driftValue, startDrift, stepDrift, type Drift } from '../physics/drift.ts'
import { lag, smoothstep } from '../physics/lag.ts'
import type { Random } from '../physics/random.ts'
import { hourMs, minuteMs, type MachineModel, type SignalSpec, type Surroundings } from './model.ts'
import {
  airendTarget,
  atmosphereMpa,
  blownOff,
  capacityM3PerMin,
  casingKwPerK,
  compressionHeat,
  demandAt,
  dewPointTarget,
  drawn,
  dustyCoolerKwPerK,
  filterDropKpa,
  heatCapacityKjPerK,
  kwPerA,
  loadedCurrent,
  restingDewPoint,
  separatorDropMpa,
  settledOilTemperature,
  starCurrent,
  thermostatOpening,
  tripC,
  type ScrewCompressorBuild,
} from './screw-compressor-laws.ts'

export const runStates = { stopped: 0, unloaded: 1, loaded: 2, tripped: 3 } as const
type RunState = (typeof runStates)[keyof typeof runStates]

const noises = ['demand', 'temperature', 'separator', 'current', 'motor', 'airend', 'vacuum', 'dewPoint'] as const
type Noise = (typeof noises)[number]

export interface ScrewCompressorState {
  runState: RunState
  sinceStartMs: number
  pressureMpa: number
  oilC: number
  /** The airend's outlet falls a little below the oil's temperature while no air is compressed. */
  unloadedDipK: number
  /** Inlet valve, 0 closed to 1 open. */
  valve: number
  /** Cooling fan's speed, 0 to 1. */
  fan: number
  /** Spread of damage in the airend's bearings, 0 to 1. */
  bearingWear: number
  inletKpa: number
  separatorMpa: number
  currentA: number
  motorVibration: number
  airendVibration: number
  dewPointC: number
  /** The controller's five-minute average, formed while loaded. */
  specificPower: number
  ambientC: number
  runMs: number
  drift: Readonly<Record<Noise, Drift>>
  /** Fast noise of one step, standard normal. */
  hiss: Readonly<Record<Noise, number>>
}

const signals: readonly SignalSpec[] = [
  { key: 'discharge_pressure', unit: 'MPa', resolution: 0.001 },
  { key: 'discharge_temperature', unit: '°C', resolution: 0.1 },
  { key: 'separator_dp', unit: 'MPa', resolution: 0.001 },
  { key: 'current', unit: 'A', resolution: 0.1 },
  { key: 'motor_vibration', unit: 'mm/s', resolution: 0.01 },
  { key: 'airend_vibration', unit: 'mm/s', resolution: 0.01 },
  { key: 'inlet_vacuum', unit: 'kPa', resolution: 0.01 },
  { key: 'dew_point', unit: '°C', resolution: 0.1 },
  { key: 'specific_power', unit: 'kW/(m³/min)', resolution: 0.01 },
  { key: 'ambient_temperature', unit: '°C', resolution: 0.1 },
  { key: 'run_state', unit: '', resolution: 1 },
  { key: 'run_hours', unit: 'h', resolution: 1 },
]

/** A trip can be acknowledged only below this. */
const resetC = 105
const starDeltaMs = 7_000
const firstLoadMs = 20_000
/** How far the airend's outlet falls below the oil without compression. */
const unloadedDipK = 2.5

function settled(build: ScrewCompressorBuild, surroundings: Surroundings, random: Random): ScrewCompressorState {
  const { ambientC, command, severity } = surroundings
  const running = command !== 'stop'
  const loaded = command === 'run'
  const range = build.unloadAtMpa - build.loadAtMpa
  const duty = loaded ? Math.min(1, demandAt(build, surroundings.at) / capacityM3PerMin) : 0
  const valve = loaded ? 1 : 0
  const pressureMpa = build.loadAtMpa + range * (loaded ? 0.4 * random.next() : 0.9)
  return {
    runState: loaded ? runStates.loaded : running ? runStates.unloaded : runStates.stopped,
    sinceStartMs: running ? hourMs : 0,
    pressureMpa: running ? pressureMpa : 0,
    oilC: running ? settledOilTemperature(build, ambientC, duty, severity('AC-03')) : ambientC,
    unloadedDipK: running && !loaded ? unloadedDipK : 0,
    valve,
    fan: running ? 1 : 0,
    bearingWear: severity('AC-04'),
    inletKpa: filterDropKpa(build, severity('AC-06')) * valve,
    separatorMpa: separatorDropMpa(build, severity('AC-02')) * valve,
    currentA: running ? motorCurrent(build, build.loadAtMpa, valve, severity('AC-02')) : 0,
    motorVibration: running ? build.motorVibration * (0.9 + 0.1 * valve) : 0,
    airendVibration: running ? airendTarget(build, 0.9 + 0.1 * valve, severity('AC-04')) : 0,
    dewPointC: running ? dewPointTarget(ambientC, valve) : restingDewPoint(ambientC),
    specificPower: running ? 6.4 * build.currentFactor : 0,
    ambientC,
    runMs: build.runHours * hourMs,
    drift: forEachNoise(() => startDrift(random)),
    hiss: forEachNoise(() => 0),
  }
}

function step(
  build: ScrewCompressorBuild,
  before: ScrewCompressorState,
  surroundings: Surroundings,
  random: Random,
  dtMs: number,
): ScrewCompressorState {
  const { ambientC, command, severity } = surroundings
  const drift = forEachNoise((noise) => stepDrift(before.drift[noise], random, dtMs))
  const hiss = forEachNoise(() => random.gaussian())
  const wander = (noise: Noise) => driftValue(drift[noise])

  const runState = nextRunState(build, before, surroundings)
  const running = isOn(runState)
  const sinceStartMs = running ? (isOn(before.runState) ? before.sinceStartMs + dtMs : 0) : 0
  const valve = lag(before.valve, valveTarget(build, runState, severity('AC-05')), 1_500, dtMs)

  // Air: the filter's drop thins the intake (1 % a kPa), the receiver integrates what is made minus what is drawn.
  const filterKpa = filterDropKpa(build, severity('AC-06'))
  const inletKpa = lag(before.inletKpa, filterKpa * valve ** 2 + (running ? 0.12 : 0), 2_000, dtMs)
  const madeM3 = running ? capacityM3PerMin * valve * (1 - 0.01 * (inletKpa - 2)) : 0
  // An idling machine runs against the shut valve behind its receiver.
  const demand = command === 'idle' ? 0 : demandAt(build, surroundings.at) * (1 + 0.03 * wander('demand'))
  const drawnM3 = drawn(demand, before.pressureMpa) + blownOff(before.pressureMpa)
  const gainMpa = (((madeM3 - drawnM3) * atmosphereMpa) / build.receiverM3) * (dtMs / minuteMs)
  const pressureMpa = Math.max(0, before.pressureMpa + gainMpa)
  const density = (Math.max(pressureMpa, 0.4) + atmosphereMpa) / (0.725 + atmosphereMpa) // minimum pressure valve: 0.4
  const separatorTarget = running
    ? (separatorDropMpa(build, severity('AC-02')) * (0.15 + 0.85 * valve ** 2)) / density
    : 0

  // Motor.
  const torqueA = motorCurrent(build, pressureMpa, valve, severity('AC-02'))
  const currentA = running ? (sinceStartMs < starDeltaMs ? starCurrent(sinceStartMs) : torqueA) : 0
  const specificNow = madeM3 > 0.9 * capacityM3PerMin ? (currentA * kwPerA) / madeM3 : before.specificPower
  const specificFrom = before.specificPower === 0 ? specificNow : before.specificPower

  // Heat: compression in; the fan's cooler behind its thermostat and the casing out. Bad bearings add friction late.
  const wear = lag(before.bearingWear, severity('AC-04'), 20_000, dtMs)
  const fan = lag(before.fan, running && severity('AC-01') < 0.5 ? 1 : 0, 3_000, dtMs)
  const frictionKw = running ? 6 * smoothstep(0.65, 1, wear) : 0
  const heatKw = running ? compressionHeat(valve) + frictionKw : 0
  const cooling = running ? dustyCoolerKwPerK(build, severity('AC-03')) * fan * thermostatOpening(before.oilC) : 0
  const lostKw = (cooling + casingKwPerK) * (before.oilC - ambientC)
  const oilC = before.oilC + ((heatKw - lostKw) / heatCapacityKjPerK) * (dtMs / 1000)

  const load = 0.9 + 0.1 * valve
  const spinTauMs = running ? 3_000 : 2_500
  return {
    runState,
    sinceStartMs,
    pressureMpa,
    oilC,
    unloadedDipK: lag(before.unloadedDipK, runState === runStates.unloaded ? unloadedDipK : 0, 20_000, dtMs),
    valve,
    fan,
    bearingWear: wear,
    inletKpa,
    separatorMpa: lag(before.separatorMpa, separatorTarget, 3_000, dtMs),
    currentA,
    motorVibration: lag(before.motorVibration, running ? build.motorVibration * load : 0, spinTauMs, dtMs),
    airendVibration: lag(before.airendVibration, running ? airendTarget(build, load, wear) : 0, spinTauMs, dtMs),
    dewPointC: running
      ? lag(before.dewPointC, dewPointTarget(ambientC, valve), 90_000, dtMs)
      : lag(before.dewPointC, restingDewPoint(ambientC), 2 * hourMs, dtMs),
    specificPower: running ? lag(specificFrom, specificNow, 5 * minuteMs, dtMs) : 0,
    ambientC,
    runMs: before.runMs + (running ? dtMs : 0),
    drift,
    hiss,
  }
}

function nextRunState(build: ScrewCompressorBuild, state: ScrewCompressorState, to: Surroundings): RunState {
  if (state.runState === runStates.tripped) {
    if (!to.reset || state.oilC >= resetC) return runStates.tripped
    return to.command === 'stop' ? runStates.stopped : runStates.unloaded
  }
  if (to.command === 'stop') return runStates.stopped
  if (state.runState === runStates.stopped) return runStates.unloaded
  if (dischargeTemperature(state) >= tripC) return runStates.tripped
  if (state.sinceStartMs < firstLoadMs) return runStates.unloaded
  if (state.pressureMpa >= build.unloadAtMpa) return runStates.unloaded
  if (state.pressureMpa <= build.loadAtMpa) return runStates.loaded
  return state.runState
}

/** What the controller asks of the inlet valve, and what a stuck one does instead. */
function valveTarget({ valveSticks = 'shut' }: ScrewCompressorBuild, runState: RunState, stuck: number): number {
  if (stuck >= 0.5 && isOn(runState)) return valveSticks === 'open' ? 1 : 0
  return runState === runStates.loaded ? 1 : 0
}

/** Between idling and full load with the valve; the drop over a clogged separator (0 to 1) costs 4 % at full load. */
function motorCurrent(build: ScrewCompressorBuild, pressureMpa: number, valve: number, clogging: number): number {
  const idleA = 59 * build.currentFactor
  return idleA + (loadedCurrent(build, pressureMpa) * (1 + 0.04 * clogging) - idleA) * valve
}

function dischargeTemperature(state: ScrewCompressorState): number {
  return state.oilC - state.unloadedDipK
}

function read(_build: ScrewCompressorBuild, state: ScrewCompressorState): Record<string, number> {
  const running = isOn(state.runState)
  /** A running machine's signal with its slow and fast noise, in the signal's unit. */
  const noisy = (value: number, noise: Noise, slow: number, fast: number) =>
    Math.max(0, value + slow * driftValue(state.drift[noise]) + fast * state.hiss[noise])
  /** Vibration noise grows with the vibration; what is left on a stopped machine is the building's. */
  const shaking = (value: number, noise: Noise) =>
    value * (1 + 0.03 * driftValue(state.drift[noise]) + 0.025 * state.hiss[noise]) + 0.05 + 0.01 * state.hiss[noise]
  return {
    discharge_pressure: noisy(state.pressureMpa, 'demand', 0, state.pressureMpa > 0.01 ? 0.0008 : 0),
    discharge_temperature: noisy(dischargeTemperature(state), 'temperature', running ? 0.2 : 0.05, 0.08),
    separator_dp: running ? noisy(state.separatorMpa, 'separator', 0.0006, 0.0003) : 0,
    current: running ? noisy(state.currentA, 'current', 0.5, 0.25) : 0,
    motor_vibration: shaking(state.motorVibration, 'motor'),
    airend_vibration: shaking(state.airendVibration, 'airend'),
    inlet_vacuum: running ? noisy(state.inletKpa, 'vacuum', 0.06, 0.03) : 0,
    dew_point: noisy(state.dewPointC, 'dewPoint', running ? 0.25 : 0.05, 0.05),
    specific_power: state.specificPower,
    ambient_temperature: state.ambientC + 0.15 * driftValue(state.drift.vacuum) + 0.05 * state.hiss.temperature,
    run_state: state.runState,
    run_hours: Math.floor(state.runMs / hourMs),
  }
}

function isOn(runState: RunState): boolean {
  return runState === runStates.unloaded || runState === runStates.loaded
}

function forEachNoise<T>(make: (noise: Noise) => T): Record<Noise, T> {
  return {
    demand: make('demand'),
    temperature: make('temperature'),
    separator: make('separator'),
    current: make('current'),
    motor: make('motor'),
    airend: make('airend'),
    vacuum: make('vacuum'),
    dewPoint: make('dewPoint'),
  }
}

export const screwCompressor: MachineModel<ScrewCompressorState, ScrewCompressorBuild> = {
  signals,
  settled,
  step,
  read,
  isRunning: (state) => isOn(state.runState),
  isTripped: (state) => state.runState === runStates.tripped,
}
