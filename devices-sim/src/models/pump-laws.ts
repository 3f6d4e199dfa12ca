import { localHour } from '../physics/ambient.ts'
import { smoothstep } from '../physics/lag.ts'

/**
 * P100: end-suction centrifugal pump IS100-65-200, 100 m³/h at 50 m, 22 kW, 2,900 rpm, from a tank into a network.
 * Flow in m³/h, head in m, suction in kPa gauge, discharge in MPa gauge, temperatures in °C.
 */
export interface PumpBuild {
  /** What the network draws through this pump by day, and the share of it at the quietest hour of the night. */
  demandM3PerH: number
  nightShare: number
  /** Mean pressure of the tank's level at the suction flange, pump standing still. */
  tankKpa: number
  vibration: number
  /** Leakage past a healthy mechanical seal, mL/h. */
  sealLeakMlPerH: number
  /** Multiplies head and current: casting, wear ring and motor tolerances. */
  headFactor: number
  currentFactor: number
  /** Bearing above room temperature in steady running. */
  bearingRiseK: number
  runHours: number
}

/** Suction pipe and clean strainer lose 12 kPa at 95 m³/h; a fully blocked one 60 kPa more at what still flows. */
export const suctionKpaPerFlow2 = 0.00133
export const blockedKpaPerFlow2 = 0.008
export const mpaPerMetre = 0.00981

/** Waterworks day: peaks at 7:30 and 19:00, quiet at 3:00. A process pump has `nightShare` near 1 and hardly moves. */
export function demandAt(build: PumpBuild, at: number): number {
  const hour = localHour(at)
  const night = smoothstep(0, 2, hour) * smoothstep(6.5, 4.5, hour)
  const noon = 0.4 * smoothstep(9, 11, hour) * smoothstep(17.5, 15, hour)
  return build.demandM3PerH * (1 - (1 - build.nightShare) * Math.max(night, noon))
}

/** How fully the pump cavitates, 0 to 1, from the suction pressure: begins near −12 kPa, complete below −22 kPa. */
export function cavitationAt(inletKpa: number): number {
  return smoothstep(-10, -22, inletKpa)
}

/** 2.1 → 5.1 (at 70 % of the way) → 8.5 mm/s: exponential, as bearing damage spreads. */
export function wearVibration(wear: number): number {
  return (6.4 * (Math.exp(2 * wear) - 1)) / (Math.exp(2) - 1)
}

/** Friction warms the bearing by 15 K, and only late. */
export function wearHeat(wear: number): number {
  return 15 * smoothstep(0.6, 1, wear)
}

/** Single shocks show first (3 → 6 in the first 40 %); when the whole raceway is rough, the peaks drown in it again. */
export function wearKurtosis(wear: number): number {
  return 3 * smoothstep(0, 0.4, wear) - 0.8 * smoothstep(0.8, 1, wear)
}

/**
 * Faces that grit has scored leak ever faster, to 60 mL/h at the end (1). A sound seal leaks what the build says: a few mL/h
 * of vapour.
 */
export function sealLeak(build: PumpBuild, scored: number): number {
  return build.sealLeakMlPerH + ((60 - build.sealLeakMlPerH) * (Math.exp(2 * scored) - 1)) / (Math.exp(2) - 1)
}

/** A shaft out of line (0 to 1) shakes by about its own healthy level more, 1.5 to 3 mm/s, whatever stands less firmly more. */
export function misalignedVibration(build: PumpBuild, misaligned: number): number {
  return Math.min(2.9, Math.max(1.6, 1.1 * build.vibration)) * misaligned
}

/** Angular forces load the bearings, which run 6 K warmer. */
export const misalignedHeatK = 6

/** Shares of flow, of the curve's head and of shaft power that fully worn wear rings and impeller cost. */
export const wornFlow = 0.085
export const wornHead = 0.105
export const wornPower = 0.022

/** What the motor draws when the impeller turns in air. */
export const dryA = 19

/** Pump curve: 53.6 m at no flow, 48.1 m at 100 m³/h; affinity law for the speed. */
export function headMetres(build: PumpBuild, flowM3PerH: number, speed: number): number {
  return build.headFactor * Math.max(0, 53.6 * speed ** 2 - 0.00055 * flowM3PerH ** 2)
}
