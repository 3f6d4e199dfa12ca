import { clamp, smoothstep } from '../physics/lag.ts'
import { coolingTauMs, minuteMs } from './model.ts'

/**
 * IM280: servo-hydraulic injection moulding machine of 2,800 kN, polypropylene at 220 °C, a part about every 32 s.
 * Temperatures in °C, pressures in MPa, lengths in mm, heat in kW. Healthy ranges are told with each value.
 */
export interface InjectionMouldingBuild {
  /** Cycle of its mould with warm oil: 31.9–32.1 s. */
  cycleS: number
  /** Peak injection pressure of its mould with melt of 220 °C: 98–106. */
  peakMpa: number
  /** What is left before the screw after holding: 5.95–6.05. */
  cushionMm: number
  /** Speed at which the servo pump makes up for leakage while it holds, oil at 46 °C: 135–165 r/min. */
  holdingRpm: number
  /** Spread of the four tie bars' forces: 1.2–2.2 %. */
  imbalancePct: number
  /** Full power of zone 3's heaters, and what the screw's shear adds in production, K/min: 7.1–7.3 and 2.0–2.2. */
  heaterKPerMin: number
  shearKPerMin: number
  /** A clean oil cooler with its water valve wide open: 0.58–0.66. */
  coolerKwPerK: number
  /** The plant's cooling water on a day of 24 °C: 24–26. */
  coolingWaterC: number
  /** A spring-loaded bayonet works loose and swings; a screwed one ages and steps. */
  thermocouple: 'bayonet' | 'screwed'
  runHours: number
}

export const setpointC = 220
/** Below this the screw would turn in cold melt and break: the controller stops the machine with an alarm. */
export const coldScrewC = 190

const oilCapacityKjPerK = 800
/** Pump, valves and friction heat the oil by this much in production, and by this much while only the pilot pump runs. */
const workKw = 11
const pilotKw = 1.4
/** A tank full of moving oil loses little to the room; drained back and at rest it cools with the usual 40 minutes. */
const tankKwPerK = 0.03
const leakageKw = 5

export interface OilHeat {
  ambientC: number
  working: boolean
  /** Progress of IM-04 and of IM-05, 0 to 1. */
  fouling: number
  leakage: number
}

/** The mechanical water valve: nearly closed at 38 °C, wide open at 48 °C. */
function waterValve(oilC: number): number {
  return clamp((oilC - 38) / 10, 0.05, 1)
}

/** Scale adds its thermal resistance to the cooler's; the valve hides the first of it. */
function oilGainKw(build: InjectionMouldingBuild, oilC: number, { ambientC, working, fouling, leakage }: OilHeat) {
  const waterC = build.coolingWaterC + 0.06 * (ambientC - 24)
  const cooler = (build.coolerKwPerK / (1 + 0.92 * fouling)) * waterValve(oilC)
  const heatKw = working ? workKw + leakageKw * leakage : pilotKw
  return heatKw - cooler * (oilC - waterC) - tankKwPerK * (oilC - ambientC)
}

export function nextOilTemperature(build: InjectionMouldingBuild, oilC: number, heat: OilHeat, dtMs: number): number {
  return oilC + (oilGainKw(build, oilC, heat) / oilCapacityKjPerK) * (dtMs / 1000)
}

/** Where heat in and heat out meet: solved by halving. */
export function settledOilTemperature(build: InjectionMouldingBuild, heat: OilHeat): number {
  let [low, high] = [heat.ambientC, 90]
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2
    if (oilGainKw(build, middle, heat) > 0) low = middle
    else high = middle
  }
  return low
}

/** Where zone 3 would settle with a given heat, K/min: what it loses makes it cool with the usual 40 minutes. */
export function zoneEquilibrium(ambientC: number, heatKPerMin: number): number {
  return ambientC + heatKPerMin * (coolingTauMs / minuteMs)
}

/** The share of full power that keeps zone 3 at `zoneC`. Shear carries nearly half of it in production. */
export function holdingDuty(build: InjectionMouldingBuild, zoneC: number, ambientC: number, working: boolean): number {
  const lostKPerMin = (zoneC - ambientC) / (coolingTauMs / minuteMs)
  return clamp((lostKPerMin - (working ? build.shearKPerMin : 0)) / build.heaterKPerMin, 0, 1)
}

/** An aged junction reads 15 K less from one moment to the next. */
export const agedK = 15
/** A loose one loses contact again and again; the controller follows, so the reading swings about ±8 K. */
export const looseK = 12

/** The colder the melt, the stiffer: 15 K more take 5 % off the pressure. */
export function meltFactor(meltC: number): number {
  return Math.exp(-0.0034 * (meltC - setpointC))
}

/** 6 → 3 mm, slowly at first: the ring's edge rounds before the gap opens. */
export function cushionLoss(wear: number): number {
  return 3 * wear ** 1.25
}

/** Shot-to-shot scatter of the cushion: .13 beside the slow wander, .6 with a ring that closes as it likes. */
export function cushionScatter(wear: number): number {
  return 0.13 + 0.47 * wear
}

/** Thin oil leaks more, and a worn pump leaks most: 150 → 350 r/min. */
export function holdingSpeed(build: InjectionMouldingBuild, oilC: number, leakage: number): number {
  return (build.holdingRpm + 185 * leakage) * Math.exp(0.012 * (oilC - 46))
}

/** Hot oil slows the hydraulic movements by a second at 56 °C. */
export function hotOilDelayS(oilC: number): number {
  return 1.05 * smoothstep(47, 57, oilC)
}
