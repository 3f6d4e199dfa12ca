import { driftValue, startDrift, stepDrift, type Drift } from '../physics/drift.ts'
import { lag } from '../physics/lag.ts'
import type { Random } from '../physics/random.ts'
import { coolingTauMs, hourMs, minuteMs, type MachineModel, type SignalSpec, type Surroundings } from './model.ts'
import {
  blockedKpaPerFlow2,
  cavitationAt,
  demandAt,
  dryA,
  headMetres,
  misalignedHeatK,
  misalignedVibration,
  mpaPerMetre,
  sealLeak,
  suctionKpaPerFlow2,
  wearHeat,
  wearKurtosis,
  wearVibration,
  wornFlow,
  wornHead,
  wornPower,
  type PumpBuild,
} from './pump-laws.ts'

/** Standby is: ready, not turning. */
export const pumpRunStates = { stopped: 0, standby: 1, running: 2 } as const

const noises = ['demand', 'tank', 'current', 'vibration', 'kurtosis', 'seal', 'bearing'] as const
type Noise = (typeof noises)[number]

export interface PumpState {
  running: boolean
  /** Not turning, but ready to. */
  standby: boolean
  sinceStartMs: number
  /** Share of rated speed, 0 to 1. */
  speed: number
  flowM3PerH: number
  inletKpa: number
  /** Blocked share of the suction strainer, 0 to 1. */
  blockage: number
  /** Spread of damage in the bearings, 0 to 1. */
  bearingWear: number
  /** Wear of impeller and wear rings, 0 to 1. */
  ringWear: number
  /** Share of the casing without water, 0 to 1. */
  dry: number
  vibration: number
  bearingC: number
  sealLeakMlPerH: number
  runMs: number
  drift: Readonly<Record<Noise, Drift>>
  /** Fast noise of one step, standard normal. */
  hiss: Readonly<Record<Noise, number>>
}

const signals: readonly SignalSpec[] = [
  { key: 'flow', unit: 'm³/h', resolution: 0.1 },
  { key: 'outlet_pressure', unit: 'MPa', resolution: 0.001 },
  { key: 'inlet_pressure', unit: 'kPa', resolution: 0.1 },
  { key: 'current', unit: 'A', resolution: 0.1 },
  { key: 'vibration', unit: 'mm/s', resolution: 0.01 },
  { key: 'kurtosis', unit: '', resolution: 0.01 },
  { key: 'bearing_temperature', unit: '°C', resolution: 0.1 },
  { key: 'seal_leak', unit: 'mL/h', resolution: 0.1 },
  { key: 'run_state', unit: '', resolution: 1 },
  { key: 'run_hours', unit: 'h', resolution: 1 },
]

/** Soft starter's ramp. */
const rampMs = 4_000

function settled(build: PumpBuild, surroundings: Surroundings, random: Random): PumpState {
  const { ambientC, command, severity } = surroundings
  const running = command === 'run'
  const ringWear = severity('P-05')
  const bearingWear = severity('P-01')
  const dry = running ? severity('P-06') : 0
  const flowM3PerH = running ? demandAt(build, surroundings.at) * (1 - wornFlow * ringWear) * (1 - dry) : 0
  const misaligned = severity('P-04')
  return {
    running,
    standby: command === 'idle',
    sinceStartMs: running ? hourMs : 0,
    speed: running ? 1 : 0,
    flowM3PerH,
    inletKpa: build.tankKpa * (1 - dry) - suctionKpaPerFlow2 * flowM3PerH ** 2,
    blockage: severity('P-03'),
    bearingWear,
    ringWear,
    dry,
    vibration: running ? build.vibration + wearVibration(bearingWear) + misalignedVibration(build, misaligned) : 0,
    bearingC: ambientC + (running ? build.bearingRiseK + wearHeat(bearingWear) + misalignedHeatK * misaligned : 0),
    sealLeakMlPerH: running ? sealLeak(build, severity('P-02')) : 0.2,
    runMs: build.runHours * hourMs,
    drift: forEachNoise(() => startDrift(random)),
    hiss: forEachNoise(() => 0),
  }
}

function step(build: PumpBuild, before: PumpState, to: Surroundings, random: Random, dtMs: number): PumpState {
  const drift = forEachNoise((noise) => stepDrift(before.drift[noise], random, dtMs))
  const hiss = forEachNoise(() => random.gaussian())
  const running = to.command === 'run'
  const sinceStartMs = running ? (before.running ? before.sinceStartMs + dtMs : 0) : 0
  const speed = lag(before.speed, running ? 1 : 0, running ? rampMs / 3 : 2_500, dtMs)
  const turning = running || speed > 0.02

  // Suction: the tank's level less the loss in pipe and strainer. A blocked strainer pulls the inlet under, water boils; an
  // empty tank leaves air at the inlet and in the casing.
  const blockage = lag(before.blockage, to.severity('P-03'), 15_000, dtMs)
  const dry = lag(before.dry, running ? to.severity('P-06') : 0, 2_500, dtMs)
  const tankKpa = (build.tankKpa + 1.5 * driftValue(drift.tank)) * (1 - dry)
  const lossKpa = (suctionKpaPerFlow2 + blockedKpaPerFlow2 * blockage ** 2) * before.flowM3PerH ** 2
  const inletKpa = lag(before.inletKpa, tankKpa - lossKpa, 4_000, dtMs)
  const cavitation = cavitationAt(inletKpa)

  const demand = demandAt(build, to.at) * (1 + 0.013 * driftValue(drift.demand))
  const ringWear = lag(before.ringWear, to.severity('P-05'), 20_000, dtMs)
  const wantedM3PerH = turning ? demand * speed * (1 - 0.09 * cavitation) * (1 - wornFlow * ringWear) : 0
  const flowTauMs = 5_000 - 3_000 * dry
  const flowM3PerH = running || speed > 0.3 ? lag(before.flowM3PerH, wantedM3PerH * (1 - dry), flowTauMs, dtMs) : 0

  const wear = lag(before.bearingWear, to.severity('P-01'), 20_000, dtMs)
  const misaligned = to.severity('P-04')
  const offDesign = 0.0006 * (flowM3PerH - 97) ** 2 * speed * (1 - dry)
  const bubbles = cavitation * (1 - dry) * (2.5 + 0.35 * hiss.vibration)
  const damage = wearVibration(wear) + misalignedVibration(build, misaligned)
  const shaking = build.vibration * speed ** 2 + Math.min(0.4, offDesign) + (damage + bubbles) * speed
  const bearingRiseK = build.bearingRiseK + wearHeat(wear) + misalignedHeatK * misaligned
  const bearingTarget = to.ambientC + (running ? bearingRiseK : 0)

  const leakTarget = running ? sealLeak(build, to.severity('P-02')) : 0.2
  return {
    running,
    standby: to.command === 'idle',
    sinceStartMs,
    speed,
    flowM3PerH,
    inletKpa,
    blockage,
    bearingWear: wear,
    ringWear,
    dry,
    vibration: lag(before.vibration, turning ? shaking : 0, 2_500, dtMs),
    bearingC: lag(before.bearingC, bearingTarget, running ? 25 * minuteMs : coolingTauMs, dtMs),
    sealLeakMlPerH: lag(before.sealLeakMlPerH, leakTarget, 5 * minuteMs, dtMs),
    runMs: before.runMs + (running ? dtMs : 0),
    drift,
    hiss,
  }
}

/**
 * A radial pump's shaft power rises in a straight line with its flow; vapour in the water relieves the impeller, worn vanes do
 * less work, and air asks for next to none.
 */
function runningCurrent(build: PumpBuild, state: PumpState): number {
  const { flowM3PerH, speed, inletKpa, sinceStartMs, dry, ringWear } = state
  const surgeA = sinceStartMs < rampMs ? 85 * (1 - speed) : 0 // the soft starter holds the motor at two to three times its rating
  const relief = (1 - 0.045 * cavitationAt(inletKpa)) * (1 - wornPower * ringWear)
  const pumpingA = (21.5 * Math.max(speed, 0.8) ** 2 + 0.13 * flowM3PerH) * relief
  return build.currentFactor * (pumpingA + (dryA - pumpingA) * dry + surgeA)
}

function read(build: PumpBuild, state: PumpState): Record<string, number> {
  const { running, standby, flowM3PerH, speed, inletKpa, ringWear, dry, hiss, drift } = state
  const cavitation = running ? cavitationAt(inletKpa) * (1 - dry) : 0
  const noise = (name: Noise, slow: number, fast: number) => slow * driftValue(drift[name]) + fast * hiss[name]
  const lost = (1 - 0.04 * cavitation) * (1 - wornHead * ringWear) * (1 - dry)
  const headMpa = headMetres(build, flowM3PerH, speed) * mpaPerMetre * lost
  const outletMpa = inletKpa / 1000 + headMpa + (running ? noise('demand', 0, 0.0008 + 0.006 * cavitation) : 0)
  const jitter = noise('demand', 0, (0.25 + 3 * cavitation) * (1 - dry))
  return {
    flow: running && flowM3PerH > 1 ? Math.max(0, flowM3PerH + jitter) : 0,
    outlet_pressure: Math.max(0, outletMpa),
    inlet_pressure: inletKpa + noise('tank', 0, running ? 0.3 + 0.8 * cavitation : 0.05),
    current: running ? Math.max(0, runningCurrent(build, state) + noise('current', 0.25, 0.1 + 0.4 * cavitation)) : 0,
    vibration: state.vibration * (1 + noise('vibration', 0.025, 0.02)) + 0.05 + 0.01 * hiss.vibration,
    // A Gaussian signal has kurtosis 3: also the sensor's own noise on a pump that stands still.
    kurtosis:
      3 + noise('kurtosis', 0.05, 0.03) + (running ? 0.05 + wearKurtosis(state.bearingWear) + 0.5 * cavitation : 0),
    bearing_temperature: state.bearingC + noise('bearing', 0.15, 0.05),
    seal_leak: Math.max(0, state.sealLeakMlPerH + (running ? noise('seal', 0.4, 0.05) : 0)),
    run_state: running ? pumpRunStates.running : standby ? pumpRunStates.standby : pumpRunStates.stopped,
    run_hours: Math.floor(state.runMs / hourMs),
  }
}

function forEachNoise<T>(make: (noise: Noise) => T): Record<Noise, T> {
  return {
    demand: make('demand'),
    tank: make('tank'),
    current: make('current'),
    vibration: make('vibration'),
    kurtosis: make('kurtosis'),
    seal: make('seal'),
    bearing: make('bearing'),
  }
}

export const pump: MachineModel<PumpState, PumpBuild> = {
  signals,
  settled,
  step,
  read,
  isRunning: (state) => state.running,
  isTripped: () => false,
}
