import { driftValue, startDrift, stepDrift, type Drift } from '../physics/drift.ts'
import { clamp, lag } from '../physics/lag.ts'
import type { Random } from '../physics/random.ts'
import {
  beginLoading,
  beginWarmUp,
  demandAt,
  following,
  isLastOperation,
  rest,
  somewhere,
  type Place,
} from './machining-centre-course.ts'
import {
  jacketTemperature,
  lateShare,
  lubricationPulse,
  rpmPerSecond,
  unclampTime,
  wearBacklash,
  type MachiningCentreBuild,
} from './machining-centre-laws.ts'
import { airTarget, shaking, spindleHeat, spindleTarget, zTarget, type Doing } from './machining-centre-targets.ts'
import { coolingTauMs, hourMs, minuteMs, type MachineModel, type SignalSpec, type Surroundings } from './model.ts'

/** `homing` finds the axes' references after power-on; `working` is in automatic, loading between parts included. */
type Mode = 'off' | 'homing' | 'ready' | 'working'

export const machiningCentreRunStates = { off: 0, homing: 1, ready: 1, working: 2 } as const

const noises = ['air', 'material', 'axis', 'vibration', 'temperature', 'lubrication'] as const
type Noise = (typeof noises)[number]

/** What the controller keeps of the last time it looked. */
interface Measured {
  /** At the last tool change, s; at the last probing after a part, µm; at the last pulse, MPa. */
  unclampS: number
  backlashUm: number
  pulseMpa: number
}

export interface MachiningCentreState {
  mode: Mode
  homingLeftMs: number
  /** How long it has not worked. */
  restedMs: number
  /** Where it is in its program; without meaning while it does not work. */
  place: Place
  parts: number
  rpm: number
  spindleLoad: number
  zLoad: number
  vibration: number
  spindleC: number
  airMpa: number
  pulseLeftMs: number
  measured: Measured
  runMs: number
  drift: Readonly<Record<Noise, Drift>>
  /** Fast noise of one step, standard normal. */
  hiss: Readonly<Record<Noise, number>>
}

const signals: readonly SignalSpec[] = [
  { key: 'spindle_speed', unit: 'r/min', resolution: 1 },
  { key: 'spindle_load', unit: '%', resolution: 0.1 },
  { key: 'spindle_temperature', unit: '°C', resolution: 0.1 },
  { key: 'spindle_vibration', unit: 'mm/s', resolution: 0.01 },
  { key: 'air_pressure', unit: 'MPa', resolution: 0.001 },
  { key: 'lubrication_pulse', unit: 'MPa', resolution: 0.01 },
  { key: 'unclamp_time', unit: 's', resolution: 0.01 },
  { key: 'x_backlash', unit: 'µm', resolution: 0.1 },
  { key: 'z_load', unit: '%', resolution: 0.1 },
  { key: 'run_state', unit: '', resolution: 1 },
  { key: 'run_hours', unit: 'h', resolution: 1 },
]

const homingMs = 40_000
/** After as long a rest a spindle is warmed up before the first part. */
const warmUpAfterMs = 2 * hourMs

function settled(build: MachiningCentreBuild, to: Surroundings, random: Random): MachiningCentreState {
  const { ambientC, command, severity } = to
  const working = command === 'run'
  const mode: Mode = working ? 'working' : command === 'idle' ? 'ready' : 'off'
  const drift = forEachNoise(() => startDrift(random))
  const place = somewhere(build, random)
  const demand = working ? demandAt(build, place) : rest
  const jacketC = jacketTemperature(ambientC)
  const runningC = jacketC + build.spindleRiseK + 12 * lateShare(severity('VMC-01'))
  // A machine at rest remembers its last good shift.
  const then: Surroundings = working ? to : { ...to, severity: () => 0 }
  return {
    mode,
    homingLeftMs: 0,
    restedMs: working ? 0 : warmUpAfterMs,
    place,
    parts: Math.floor(40 * random.next()),
    rpm: demand.rpm,
    spindleLoad: working ? spindleTarget(build, place, 0, demand, demand.rpm, to) : 0,
    zLoad: mode === 'off' ? 0 : zTarget(build, demand, to),
    vibration: working ? shaking(build, demand, demand.rpm, to) : 0,
    spindleC: working ? runningC : mode === 'ready' ? jacketC : ambientC,
    airMpa: airTarget(build, doingOf(mode, place), drift.air, to),
    pulseLeftMs: build.lubricationMinutes * minuteMs * random.next(),
    measured: {
      unclampS: unclampTime(build, build.airMpa, then.severity('VMC-02')),
      backlashUm: build.backlashUm + wearBacklash(then.severity('VMC-04')),
      pulseMpa: lubricationPulse(build, ambientC, then.severity('VMC-05')),
    },
    runMs: build.runHours * hourMs,
    drift,
    hiss: forEachNoise(() => 0),
  }
}

function step(
  build: MachiningCentreBuild,
  before: MachiningCentreState,
  to: Surroundings,
  random: Random,
  dtMs: number,
): MachiningCentreState {
  const drift = forEachNoise((noise) => stepDrift(before.drift[noise], random, dtMs))
  const hiss = forEachNoise(() => random.gaussian())
  let state: MachiningCentreState = { ...before, drift, hiss }
  for (let leftMs = dtMs; leftMs > 0;) {
    state = switchMode(build, state, to, random)
    const untilMs =
      state.mode === 'working' ? state.place.leftMs : state.mode === 'homing' ? state.homingLeftMs : Infinity
    const slice = Math.min(leftMs, untilMs)
    state = live(build, state, to, slice)
    if (state.mode === 'working' && slice === untilMs) state = arrive(build, state, to, random)
    leftMs -= slice
  }
  // Places end at fractions of a millisecond, an hour meter counts whole ones.
  return { ...state, runMs: Math.round(state.runMs) }
}

/** Obeys the command; a program begins with the warm-up where the spindle is cold, else with loading a part. */
function switchMode(
  build: MachiningCentreBuild,
  state: MachiningCentreState,
  { command }: Surroundings,
  random: Random,
): MachiningCentreState {
  const mode = nextMode(state, command)
  if (mode === state.mode) return state
  if (mode === 'homing') return { ...state, mode, homingLeftMs: homingMs }
  if (mode !== 'working') return { ...state, mode }
  const cold = state.restedMs >= warmUpAfterMs
  return { ...state, mode, place: cold ? beginWarmUp(build) : beginLoading(build, random) }
}

function nextMode({ mode, homingLeftMs }: MachiningCentreState, command: Surroundings['command']): Mode {
  if (command === 'stop') return 'off'
  if (mode === 'off' || (mode === 'homing' && homingLeftMs > 0)) return 'homing'
  return command === 'run' ? 'working' : 'ready'
}

function doingOf(mode: Mode, { doing }: Place): Doing {
  return mode === 'working' ? doing : mode === 'off' ? 'off' : 'ready'
}

/** Lets time pass within one place of the program. */
function live(
  build: MachiningCentreBuild,
  state: MachiningCentreState,
  to: Surroundings,
  dtMs: number,
): MachiningCentreState {
  const { mode, place } = state
  const working = mode === 'working'
  const left = working ? { ...place, leftMs: place.leftMs - dtMs } : place
  const demand = working ? demandAt(build, left) : rest
  const reach = (rpmPerSecond * dtMs) / 1000
  const rpm = state.rpm + clamp(demand.rpm - state.rpm, -reach, reach)
  const heatTarget = mode === 'off' ? to.ambientC : spindleHeat(build, rpm, to)
  return {
    ...state,
    homingLeftMs: Math.max(0, state.homingLeftMs - dtMs),
    restedMs: working ? 0 : state.restedMs + dtMs,
    place: left,
    rpm,
    spindleLoad: working
      ? lag(state.spindleLoad, spindleTarget(build, place, state.parts, demand, rpm, to), 700, dtMs)
      : 0,
    zLoad: mode === 'off' ? 0 : lag(state.zLoad, zTarget(build, demand, to), 800, dtMs),
    vibration: lag(state.vibration, shaking(build, demand, rpm, to), 1_000, dtMs),
    spindleC: lag(state.spindleC, heatTarget, mode === 'off' ? coolingTauMs : 22 * minuteMs, dtMs),
    airMpa: lag(
      state.airMpa,
      airTarget(build, doingOf(mode, place), state.drift.air, to),
      mode === 'off' ? 6_000 : 2_000,
      dtMs,
    ),
    pulseLeftMs: state.pulseLeftMs - (working ? dtMs : 0),
    runMs: state.runMs + (working ? dtMs : 0),
  }
}

/** The present place is done: what is measured there is taken, and the program goes on. */
function arrive(
  build: MachiningCentreBuild,
  state: MachiningCentreState,
  { ambientC, severity }: Surroundings,
  random: Random,
): MachiningCentreState {
  const { place, drift, airMpa, pulseLeftMs } = state
  let { measured, parts } = state
  if (place.doing === 'changing') {
    const unclampS = unclampTime(build, airMpa, severity('VMC-02')) + 0.012 * random.gaussian()
    measured = { ...measured, unclampS }
  }
  if (place.doing === 'turning' && place.program === 'part' && isLastOperation(build, place)) {
    const wander = 0.15 * driftValue(drift.axis) + 0.1 * random.gaussian()
    measured = { ...measured, backlashUm: build.backlashUm + wearBacklash(severity('VMC-04')) + wander }
    parts += 1
  }
  const pulse = pulseLeftMs <= 0
  if (pulse) {
    const wander = 0.03 * driftValue(drift.lubrication) + 0.02 * random.gaussian()
    measured = { ...measured, pulseMpa: lubricationPulse(build, ambientC, severity('VMC-05')) + wander }
  }
  return {
    ...state,
    place: following(build, place, random),
    parts,
    measured,
    pulseLeftMs: pulse ? build.lubricationMinutes * minuteMs : pulseLeftMs,
  }
}

function read(_build: MachiningCentreBuild, state: MachiningCentreState): Record<string, number> {
  const { mode, rpm, measured, drift, hiss } = state
  const noise = (name: Noise, slow: number, fast: number) => slow * driftValue(drift[name]) + fast * hiss[name]
  const turns = rpm > 1
  const driven = turns && mode === 'working' // else it coasts
  return {
    spindle_speed: turns ? rpm * (1 + 0.0006 * hiss.material) : 0,
    spindle_load: driven ? Math.max(0, state.spindleLoad * (1 + noise('material', 0.04, 0.025)) + 0.15 * hiss.axis) : 0,
    spindle_temperature: state.spindleC + noise('temperature', mode === 'off' ? 0.05 : 0.15, 0.05),
    spindle_vibration: state.vibration * (1 + noise('vibration', 0.025, 0.025)) + 0.05 + 0.01 * hiss.vibration,
    air_pressure: Math.max(0, state.airMpa + (state.airMpa > 0.01 ? 0.0015 * hiss.air : 0)),
    lubrication_pulse: measured.pulseMpa,
    unclamp_time: measured.unclampS,
    x_backlash: measured.backlashUm,
    z_load: mode === 'off' ? 0 : Math.max(0, state.zLoad + noise('axis', 0.5, 0.4)),
    run_state: machiningCentreRunStates[mode],
    run_hours: Math.floor(state.runMs / hourMs),
  }
}

function forEachNoise<T>(make: (noise: Noise) => T): Record<Noise, T> {
  return {
    air: make('air'),
    material: make('material'),
    axis: make('axis'),
    vibration: make('vibration'),
    temperature: make('temperature'),
    lubrication: make('lubrication'),
  }
}

export const machiningCentre: MachineModel<MachiningCentreState, MachiningCentreBuild> = {
  signals,
  settled,
  step,
  read,
  isRunning: (state) => state.mode === 'working',
  isTripped: () => false,
}
