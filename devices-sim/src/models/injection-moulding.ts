import { driftValue, startDrift, stepDrift, type Drift } from '../physics/drift.ts'
import { lag } from '../physics/lag.ts'
import type { Random } from '../physics/random.ts'
import { coldBarrel, hotBarrel, stepBarrel, type Barrel } from './injection-moulding-barrel.ts'
import {
  beginCycles,
  finishPhase,
  shearNow,
  startCycle,
  type Cycle,
  type CycleConditions,
} from './injection-moulding-cycle.ts'
import {
  coldScrewC,
  nextOilTemperature,
  setpointC,
  settledOilTemperature,
  type InjectionMouldingBuild,
} from './injection-moulding-laws.ts'
import { coolingTauMs, hourMs, minuteMs, type MachineModel, type SignalSpec, type Surroundings } from './model.ts'

/**
 * `heating` is switched on but not ready: the barrel comes up to 220 °C and soaks, about an hour from cold, and the
 * controller lets nothing move. It tells `stopped` meanwhile, so nobody takes a cold barrel for a fault.
 */
type Mode = 'off' | 'heating' | 'ready' | 'producing' | 'tripped'

export const injectionMouldingRunStates = { off: 0, heating: 0, ready: 1, producing: 2, tripped: 3 } as const

const noises = ['oil', 'zone', 'duty', 'resin', 'machine'] as const
type Noise = (typeof noises)[number]

export interface InjectionMouldingState {
  mode: Mode
  /** How long the barrel has been within its band while heating up. */
  soakedMs: number
  barrel: Barrel
  oilC: number
  cycle: Cycle
  runMs: number
  drift: Readonly<Record<Noise, Drift>>
  /** Fast noise of one step, standard normal. */
  hiss: Readonly<Record<Noise, number>>
}

const signals: readonly SignalSpec[] = [
  { key: 'oil_temperature', unit: '°C', resolution: 0.1 },
  { key: 'zone3_temperature', unit: '°C', resolution: 0.1 },
  { key: 'heater_duty', unit: '%', resolution: 0.1 },
  { key: 'injection_pressure_peak', unit: 'MPa', resolution: 0.1 },
  { key: 'cushion', unit: 'mm', resolution: 0.01 },
  { key: 'cycle_time', unit: 's', resolution: 0.01 },
  { key: 'holding_pump_speed', unit: 'r/min', resolution: 1 },
  { key: 'tie_bar_imbalance', unit: '%', resolution: 0.01 },
  { key: 'run_state', unit: '', resolution: 1 },
  { key: 'run_hours', unit: 'h', resolution: 1 },
]

const soakMs = 5 * minuteMs
const readyBandK = 3
/** The heating controller and the oil need shorter steps than a fast-forward takes. */
const sliceMs = 5_000

function settled(build: InjectionMouldingBuild, to: Surroundings, random: Random): InjectionMouldingState {
  const { ambientC, severity } = to
  const producing = to.command === 'run'
  const on = to.command !== 'stop'
  const drift = forEachNoise(() => startDrift(random))
  const oilC = on ? settledOilTemperature(build, oilHeat(to, producing)) : ambientC
  const barrel = on ? hotBarrel(build, ambientC, producing, severity('IM-02')) : coldBarrel(ambientC)
  // A machine at rest remembers its last good shift.
  const remembered = producing
    ? conditions(to, barrel.meltC, oilC, drift)
    : conditions({ ...to, severity: () => 0 }, setpointC, 46, drift)
  return {
    mode: producing ? 'producing' : on ? 'ready' : 'off',
    soakedMs: 0,
    barrel,
    oilC,
    cycle: beginCycles(build, remembered, random),
    runMs: build.runHours * hourMs,
    drift,
    hiss: forEachNoise(() => 0),
  }
}

function step(
  build: InjectionMouldingBuild,
  before: InjectionMouldingState,
  to: Surroundings,
  random: Random,
  dtMs: number,
): InjectionMouldingState {
  const drift = forEachNoise((noise) => stepDrift(before.drift[noise], random, dtMs))
  const hiss = forEachNoise(() => random.gaussian())
  let state: InjectionMouldingState = { ...before, drift, hiss }
  for (let leftMs = dtMs; leftMs > 0;) {
    state = switchMode(build, state, to, random)
    const phaseLeftMs = state.mode === 'producing' ? state.cycle.leftMs : Infinity
    const slice = Math.min(leftMs, sliceMs, phaseLeftMs)
    state = live(build, state, to, random, slice)
    leftMs -= slice
  }
  // Phases end at fractions of a millisecond, an hour meter counts whole ones.
  return { ...state, runMs: Math.round(state.runMs) }
}

/** Enters the mode that the command and the temperatures ask for; a new production begins with a new cycle. */
function switchMode(
  build: InjectionMouldingBuild,
  state: InjectionMouldingState,
  to: Surroundings,
  random: Random,
): InjectionMouldingState {
  const mode = nextMode(state, to)
  if (mode === state.mode) return state
  if (mode !== 'producing') return { ...state, mode, soakedMs: 0 }
  const now = conditions(to, state.barrel.meltC, state.oilC, state.drift)
  return { ...state, mode, cycle: startCycle(build, now, random, state.cycle.last) }
}

function nextMode({ mode, soakedMs, barrel }: InjectionMouldingState, { command, reset }: Surroundings): Mode {
  if (mode === 'tripped') return reset ? (command === 'stop' ? 'off' : 'heating') : mode
  if (command === 'stop') return 'off'
  if (mode === 'off' || mode === 'heating') return soakedMs >= soakMs ? 'ready' : 'heating'
  if (barrel.sensedC < coldScrewC) return 'tripped'
  return command === 'run' ? 'producing' : 'ready'
}

/** Lets a few seconds pass, at most until the end of the present phase. */
function live(
  build: InjectionMouldingBuild,
  state: InjectionMouldingState,
  to: Surroundings,
  random: Random,
  dtMs: number,
): InjectionMouldingState {
  const { mode, soakedMs, cycle, drift } = state
  const producing = mode === 'producing'
  const moving = producing || mode === 'ready'
  const barrel = stepBarrel(
    build,
    state.barrel,
    {
      ambientC: to.ambientC,
      heating: mode !== 'off' && to.command !== 'stop',
      shearKPerMin: producing ? shearNow(build, cycle.phase) : 0,
      working: moving,
      burntOut: to.severity('IM-01') >= 0.5,
      thermocouple: to.severity('IM-02'),
    },
    random,
    dtMs,
  )
  const oilC = moving
    ? nextOilTemperature(build, state.oilC, oilHeat(to, producing), dtMs)
    : lag(state.oilC, to.ambientC, coolingTauMs, dtMs)
  const warm = Math.abs(barrel.sensedC - setpointC) < readyBandK
  return {
    ...state,
    soakedMs: mode === 'heating' && warm ? soakedMs + dtMs : 0,
    barrel,
    oilC,
    cycle: producing ? advance(build, cycle, conditions(to, barrel.meltC, oilC, drift), random, dtMs) : cycle,
    runMs: state.runMs + (producing ? dtMs : 0),
  }
}

function advance(
  build: InjectionMouldingBuild,
  cycle: Cycle,
  now: CycleConditions,
  random: Random,
  dtMs: number,
): Cycle {
  if (dtMs >= cycle.leftMs) return finishPhase(build, cycle, now, random)
  return { ...cycle, leftMs: cycle.leftMs - dtMs, elapsedMs: cycle.elapsedMs + dtMs }
}

function oilHeat({ ambientC, severity }: Surroundings, working: boolean) {
  return { ambientC, working, fouling: severity('IM-04'), leakage: severity('IM-05') }
}

function conditions(
  { severity }: Surroundings,
  meltC: number,
  oilC: number,
  { resin, machine }: InjectionMouldingState['drift'],
): CycleConditions {
  const [checkRing, leakage, unevenness] = [severity('IM-03'), severity('IM-05'), severity('IM-06')]
  return { meltC, oilC, checkRing, leakage, unevenness, resin, machine }
}

function read(_build: InjectionMouldingBuild, state: InjectionMouldingState): Record<string, number> {
  const { mode, barrel, oilC, drift, hiss } = state
  const { imbalancePct, peakMpa, cushionMm, holdingRpm, cycleS } = state.cycle.last
  const noise = (name: Noise, slow: number, fast: number) => slow * driftValue(drift[name]) + fast * hiss[name]
  const heating = barrel.duty > 0
  return {
    oil_temperature: oilC + (mode === 'producing' ? noise('oil', 0.25, 0.06) : noise('oil', 0.05, 0.04)),
    zone3_temperature: barrel.sensedC + (heating ? noise('zone', 0.2, 0.08) : noise('zone', 0.05, 0.05)),
    heater_duty: heating ? Math.min(100, Math.max(0, 100 * barrel.duty + noise('duty', 0.8, 0.5))) : 0,
    injection_pressure_peak: peakMpa,
    cushion: cushionMm,
    cycle_time: cycleS,
    holding_pump_speed: holdingRpm,
    tie_bar_imbalance: imbalancePct,
    run_state: injectionMouldingRunStates[mode],
    run_hours: Math.floor(state.runMs / hourMs),
  }
}

function forEachNoise<T>(make: (noise: Noise) => T): Record<Noise, T> {
  return {
    oil: make('oil'),
    zone: make('zone'),
    duty: make('duty'),
    resin: make('resin'),
    machine: make('machine'),
  }
}

export const injectionMoulding: MachineModel<InjectionMouldingState, InjectionMouldingBuild> = {
  signals,
  settled,
  step,
  read,
  isRunning: (state) => state.mode === 'producing',
  isTripped: (state) => state.mode === 'tripped',
}
