import { localHour } from '../physics/ambient.ts'
import { clamp, smoothstep } from '../physics/lag.ts'

/**
 * CH1000: screw chiller, R134a, 1,000 kW of cooling for 180 kW, flooded evaporator, shell-and-tube condenser on a cooling
 * tower of its own, constant chilled-water flow. Temperatures in °C, differences in K, pressures in kPa gauge, powers in kW,
 * water flows in m³/h; a capacity is the share of the slide valve's full stroke, 0 to 1.
 */
export interface ChillerBuild {
  /** Cooling that production draws from this machine by day, and the share of it that is drawn at night. */
  processKw: number
  nightShare: number
  /** What each kelvin of outdoor air above 19 °C adds: the fresh air of clean rooms must be cooled and dried. */
  freshAirKwPerK: number
  /** Leaving water is held here. */
  setPointC: number
  flowM3PerH: number
  /** Smallest temperature differences at full load, tubes clean and charge complete. */
  evaporatorApproachK: number
  condenserApproachK: number
  /** Cooling water that the tower's fan holds, and how near the fan at full speed brings it to the wet bulb, 0 to 1. */
  towerSetC: number
  towerEffectiveness: number
  /** Oil pressure over suction at the usual pressures. */
  oilDpKpa: number
  /** Discharge gas above condensing temperature at the usual lift. */
  dischargeRiseK: number
  /** Supply voltage and motor tolerance: multiplies the current. */
  currentFactor: number
  /** The pressure sensor with the wet cable: the one that CH-06 sticks. */
  weakSensor: PressureSensor
  runHours: number
}

export type PressureSensor = 'evaporating_pressure' | 'condensing_pressure' | 'oil_dp'

/** Slide valve at its end stop "load" and at its end stop "unload"; the first is the capacity at 5.5 °C and 38 °C. */
const fullCapacityKw = 1_040
export const leastSlide = 0.2
/** Heat that water takes up: kW per K for each m³/h. */
export const kwPerKOfFlow = 1.163
const coolingWaterM3PerH = 200
export const designLiftK = 32.5
/** √3 · 380 V · cos φ 0.88: 180 kW are 311 A. */
const kwPerA = 0.579

/** High-pressure switch, 49.5 °C, and the value below which it can be reset; low-pressure switch against freezing. */
export const highPressureTripKpa = 1_200
export const highPressureResetKpa = 1_100
export const lowPressureTripKpa = 155
/** The controller unloads to stay inside these, long before a switch opens. */
export const condensingLimitKpa = 1_120
export const evaporatingLimitKpa = 189
export const currentLimitA = 309

/** Production's day from 7 to 22 o'clock with its shoulders, and the weather's part of the load. */
export function demandKw(build: ChillerBuild, at: number, ambientC: number): number {
  const hour = localHour(at)
  const day = smoothstep(6, 8, hour) * smoothstep(22.5, 20.5, hour)
  const processKw = build.processKw * (build.nightShare + (1 - build.nightShare) * day)
  return processKw + build.freshAirKwPerK * Math.max(0, ambientC - 19)
}

/** Coils take less from warmer water, and nothing from water as warm as their rooms. */
export function drawnKw(demand: number, leavingC: number): number {
  return demand * clamp((24 - leavingC) / 17, 0, 1.05)
}

/** Denser suction gas carries more, 3 % a kelvin; a higher condensing pressure leaks more back through the rotors. */
export function coolingCapacityKw(slide: number, evaporatingC: number, condensingC: number): number {
  const suction = clamp(1 + 0.03 * (evaporatingC - 5.5), 0.5, 1.15)
  return fullCapacityKw * slide * suction * (1 - 0.006 * (condensingC - 38))
}

/** 180 kW for 1,000 kW at the design lift: 20 kW of friction and the rest nearly in proportion to the lift. */
export function shaftKw(coolingKw: number, liftK: number): number {
  return 20 + 0.16 * coolingKw * (Math.max(liftK, 12) / designLiftK) ** 0.9
}

export function currentA(build: ChillerBuild, powerKw: number): number {
  return (powerKw / kwPerA) * build.currentFactor
}

/** Star-delta start: about twice the rated current, falling as the rotors come up. */
export function starCurrentA(sinceStartMs: number): number {
  return 140 + 480 * Math.exp(-sinceStartMs / 2_000)
}

/**
 * Leaving water above the evaporating temperature, K. Less flow lets less heat through; with lost charge (0 to 1) the upper
 * tubes stand dry, few at first, then row after row.
 */
export function evaporatorGapK(build: ChillerBuild, coolingKw: number, flowM3PerH: number, lostCharge: number): number {
  const slower = (build.flowM3PerH / Math.max(flowM3PerH, 0.3 * build.flowM3PerH)) ** 0.8
  return build.evaporatorApproachK * (coolingKw / 1_000) ** 0.8 * slower * (1 + 5.5 * lostCharge ** 2.2)
}

/**
 * The approach comes from a thermistor in the liquid. When the level has fallen below its pocket it feels the superheated
 * gas instead, up to 45 % of the way to the water: the approach then stays near 5 K while the pressure goes on falling.
 */
export function uncovered(lostCharge: number): number {
  return 0.45 * smoothstep(0.6, 1, lostCharge)
}

/** Condensing temperature above leaving cooling water, K: 1.4 K at the usual load, 4 K with fully scaled tubes. */
export function condenserGapK(build: ChillerBuild, rejectedKw: number, scale: number): number {
  return build.condenserApproachK * (rejectedKw / 1_180) * (1 + 1.88 * scale)
}

/** Heat that cooling water carries, kW per K; scale narrows the tubes too. */
export function coolingWaterKwPerK(scale: number): number {
  return coolingWaterM3PerH * (1 - 0.09 * scale) * kwPerKOfFlow
}

/**
 * Wet bulb outdoors from the dry bulb, in the damp climate of the lower Yangtze: 28 °C at a 34 °C noon (the design value of
 * Suzhou), 16 °C at 20 °C.
 */
export function wetBulbC(ambientC: number): number {
  return 0.82 * ambientC
}

/** What the tower gives to the air, kW; without its fan a draught of 4 % is left. */
export function towerKw(build: ChillerBuild, fan: number, kwPerK: number, hotC: number, ambientC: number): number {
  const effectiveness = build.towerEffectiveness * (0.04 + 0.96 * fan ** 0.7)
  return effectiveness * kwPerK * Math.max(0, hotC - wetBulbC(ambientC))
}

/** Oil is driven by the pressures it lies between; the pump before it gives three quarters at any pressure. */
export function oilDpTarget(
  build: ChillerBuild,
  condensingKpa: number,
  evaporatingKpa: number,
  lostOil: number,
): number {
  return build.oilDpKpa * (0.75 + 0.25 * ((condensingKpa - evaporatingKpa) / 600)) * (1 - 0.486 * lostOil)
}

/** Discharge gas: hotter with the lift, and by 8 K when the suction gas comes superheated for want of charge. */
export function dischargeTarget(build: ChillerBuild, condensingC: number, liftK: number, lostCharge: number): number {
  return condensingC + build.dischargeRiseK + 0.4 * (liftK - designLiftK) + 8 * lostCharge
}
