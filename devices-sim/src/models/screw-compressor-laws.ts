import { localHour } from '../physics/ambient.ts'
import { smoothstep } from '../physics/lag.ts'
import { coolingTauMs } from './model.ts'

/**
 * AC75: 75 kW oil-injected screw compressor, 13.2 m³/min at 0.8 MPa, load/unload control, air-cooled, with its own
 * receiver, dryer and consumers. Temperatures in °C, pressures in MPa gauge, heat in kW, air in m³/min of free air.
 */
export interface ScrewCompressorBuild {
  /** Air that the plant draws by day at 0.725 MPa, and the share of it that is drawn at night. */
  demandM3PerMin: number
  nightShare: number
  /** Receiver and pipework together. */
  receiverM3: number
  loadAtMpa: number
  unloadAtMpa: number
  /** Cooler with its fan, thermostat wide open; dust lowers it. A clean one has 1.13: 52 K over ambient at full load. */
  coolerKwPerK: number
  motorVibration: number
  airendVibration: number
  /** Pressure drop of the air filter (kPa) and of the oil separator (MPa) at full flow. */
  filterKpa: number
  separatorMpa: number
  /** Supply voltage and motor tolerance: multiplies the current. */
  currentFactor: number
  /**
   * How the inlet valve sticks when it does (AC-05): `shut`, the usual one, as a dead solenoid leaves it, so that no air is
   * made; `open` with a torn diaphragm, so that the pressure overshoots.
   */
  valveSticks?: 'shut' | 'open'
  runHours: number
}

export const capacityM3PerMin = 13.2
export const atmosphereMpa = 0.1013
export const tripC = 110
const loadedHeatKw = 70
const unloadedHeatKw = 28
/** Oil, airend and sump: 70 kW minus what the casing loses, on this capacity, is the 6 K/min of a dead fan. */
export const heatCapacityKjPerK = 520
/** What the casing loses without any fan; it gives a stopped machine its cooling time constant. */
export const casingKwPerK = heatCapacityKjPerK / (coolingTauMs / 1000)
/** The oil thermostat is closed below the first and open above the second. */
const thermostatC = [78, 85] as const
/** kW per ampere: √3 · 400 V · cos φ 0.89. */
export const kwPerA = 0.617

/** Three-shift plants draw the same all day; elsewhere the night takes its share, with half an hour of change-over. */
export function demandAt(build: ScrewCompressorBuild, at: number): number {
  const hour = localHour(at)
  const day = smoothstep(6.75, 7.25, hour) * smoothstep(22.25, 21.75, hour)
  return build.demandM3PerMin * (build.nightShare + (1 - build.nightShare) * day)
}

/**
 * What consumers take at a pressure: open nozzles and leaks follow the absolute pressure; below 0.5 MPa machine tools
 * lock themselves, and only leaks (a usual 12 %) go on drawing the line empty.
 */
export function drawn(demandM3PerMin: number, pressureMpa: number): number {
  if (pressureMpa <= 0) return 0
  const working = 0.12 + 0.88 * smoothstep(0.38, 0.5, pressureMpa)
  return (demandM3PerMin * working * (pressureMpa + atmosphereMpa)) / (0.725 + atmosphereMpa)
}

/** Rated 137 A in the middle of the band; 1 A for every 0.027 MPa, as compression work does. */
export function loadedCurrent(build: ScrewCompressorBuild, pressureMpa: number): number {
  return (137 + 37 * (Math.max(pressureMpa, 0.4) - 0.725)) * build.currentFactor
}

/** Star-delta start: four times the idle current, falling as the rotor comes up. */
export function starCurrent(sinceStartMs: number): number {
  return 95 + 145 * Math.exp(-sinceStartMs / 2_500)
}

/** 5 → 9 → 11 mm/s: damage feeds on itself, hence the exponential. */
export function airendTarget(build: ScrewCompressorBuild, load: number, wear: number): number {
  return build.airendVibration * load + (6 * (Math.exp(3 * wear) - 1)) / (Math.exp(3) - 1)
}

export function dewPointTarget(ambientC: number, valve: number): number {
  return 3.6 + 0.055 * (ambientC - 20) + 1.1 * valve
}

/** The dryer stays on when the machine stops, as it should; without flow its reading creeps up with the room. */
export function restingDewPoint(ambientC: number): number {
  return Math.min(9, Math.max(5, ambientC - 18))
}

/** The thermostat's wax opens nearly in proportion; a little oil always leaks past to the cooler. */
export function thermostatOpening(oilC: number): number {
  const [closedC, openC] = thermostatC
  return Math.min(1, Math.max(0.04, (oilC - closedC) / (openC - closedC)))
}

/** Heat that goes into the oil, kW; `valve` is the inlet valve's opening or, over longer times, the duty. */
export function compressionHeat(valve: number): number {
  return unloadedHeatKw + (loadedHeatKw - unloadedHeatKw) * valve
}

/** The cooler under a layer of dust (0 to 1) that warms the oil by 13 K at full load: a clean one goes from 52 to 65 K. */
export function dustyCoolerKwPerK(build: ScrewCompressorBuild, dust: number): number {
  const riseK = loadedHeatKw / (build.coolerKwPerK + casingKwPerK)
  return loadedHeatKw / (riseK + 13 * dust) - casingKwPerK
}

/** Drop over the element at full flow and 0.725 MPa; a clogged one (1) has 0.054 MPa more than a new one. */
export function separatorDropMpa(build: ScrewCompressorBuild, clogging: number): number {
  return build.separatorMpa + 0.054 * clogging
}

/** Drop over the air filter at full flow, kPa; dust (0 to 1) takes it from 2 to 6. */
export function filterDropKpa(build: ScrewCompressorBuild, dust: number): number {
  return build.filterKpa + 4 * dust
}

/** The receiver's safety valve, m³/min: it simmers above 0.865 MPa and blows all that the machine makes near 0.88. */
export function blownOff(pressureMpa: number): number {
  return 15 * smoothstep(0.862, 0.888, pressureMpa)
}

/** Where heat in and heat out meet at a mean duty, with the thermostat's opening: solved by halving. */
export function settledOilTemperature(
  build: ScrewCompressorBuild,
  ambientC: number,
  duty: number,
  dust: number,
): number {
  const heatKw = compressionHeat(duty)
  const coolerKwPerK = dustyCoolerKwPerK(build, dust)
  let [low, high] = [ambientC, tripC]
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2
    const lostKw = (coolerKwPerK * thermostatOpening(middle) + casingKwPerK) * (middle - ambientC)
    if (lostKw < heatKw) low = middle
    else high = middle
  }
  return low
}
