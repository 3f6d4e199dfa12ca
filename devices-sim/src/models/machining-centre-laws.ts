import { smoothstep } from '../physics/lag.ts'
import { programs, type Operation, type ProgramName } from './machining-centre-programs.ts'

/**
 * VMC850: vertical machining centre, BT40, 10,000 r/min, grease-packed spindle with a chilled jacket. Loads in % of
 * rated, vibration in mm/s, temperatures in °C, pressures in MPa. Healthy ranges are told with each value.
 */
export interface MachiningCentreBuild {
  program: ProgramName
  /** Between two parts, the door open: 35–55 s. */
  loadingS: number
  /** Stock, material and sharpness together: multiplies the load of cutting. 0.94–1.06. */
  loadFactor: number
  /** Spindle at 6,000 r/min without a cut: 0.5–0.9. */
  vibration: number
  /** Spindle above its jacket over a whole program: 11–16 K. */
  spindleRiseK: number
  /** Behind the machine's regulator: 0.59–0.62. */
  airMpa: number
  /** Peak of a lubrication pulse in a hall of 25 °C: 1.7–1.95; and the minutes between two: 10–18. */
  lubricationMpa: number
  lubricationMinutes: number
  /** From the command to the released tool at 0.60 MPa: 0.65–0.82 s. */
  unclampS: number
  /** Lost motion of the X axis: 2.5–5 µm. */
  backlashUm: number
  /** Z carries its spindle head: load at rest, 27–30 %. */
  zHoldPct: number
  runHours: number
}

export const judgedRpm = 6_000
/** Motor and drive bring the spindle to speed in under three seconds, and to rest as fast. */
export const rpmPerSecond = 3_500
export const toolChangeS = 6.5

/** The jacket's chiller follows the room, at less than half of its swing. */
export function jacketTemperature(ambientC: number): number {
  return 23 + 0.4 * (ambientC - 23)
}

/** Heat of grease and rolling contact grows faster than the speed; 1 at 6,000 r/min. */
export function frictionShare(rpm: number): number {
  return (rpm / judgedRpm) ** 1.4
}

/** Mean of `frictionShare` over a part with its tool changes and its loading, so that a build tells the mean rise. */
export function meanFrictionShare({ program, loadingS }: MachiningCentreBuild): number {
  const operations: readonly Operation[] = programs[program].operations
  const shares = operations.map(({ rpm, seconds }) => frictionShare(rpm) * seconds)
  const totalS = operations.reduce((sum, { seconds }) => sum + seconds + toolChangeS, loadingS)
  return shares.reduce((sum, share) => sum + share, 0) / totalS
}

/** .8 → 1.8 (at 72 % of the way) → 2.8 mm/s at 6,000 r/min: damage spreads as it grows. */
export function wearVibration(wear: number): number {
  return (2 * (Math.exp(2 * wear) - 1)) / (Math.exp(2) - 1)
}

/** What a rough bearing costs in heat (12 K) and torque (5 %) comes late. */
export function lateShare(wear: number): number {
  return smoothstep(0.55, 1, wear)
}

/** Load of a spindle that turns without cutting. */
export function turningLoad(rpm: number, bearingWear: number): number {
  return 3 + (3 * rpm) / judgedRpm + 5 * lateShare(bearingWear)
}

/** A tool that the springs no longer hold chatters, and only where the cut pulls at it. */
export function chatter(cutPct: number, drawbar: number): number {
  return 0.9 * smoothstep(0.25, 1, drawbar) * smoothstep(38, 50, cutPct)
}

/** The air-hydraulic cylinder is slower on thin air; tired springs and a short stroke take up to .6 s more. */
export function unclampTime({ unclampS }: MachiningCentreBuild, airMpa: number, drawbar: number): number {
  return unclampS * (0.6 / Math.max(airMpa, 0.3)) ** 0.6 + 0.6 * drawbar
}

/** Cold grease is stiff, so its pulse is higher; a pump that fails no longer reaches .8 MPa. */
export function lubricationPulse({ lubricationMpa }: MachiningCentreBuild, ambientC: number, failure: number): number {
  return (lubricationMpa + 0.006 * (25 - ambientC)) * (1 - failure) + 0.8 * failure
}

/** 4 → 12 µm. */
export function wearBacklash(wear: number): number {
  return 8 * wear ** 1.15
}

/** Friction of the guides and of the screw's support, as load of a moving axis: dry ones +5–10 %, a worn one +10 % late. */
export function axisFriction(lubrication: number, support: number): number {
  return 8 * smoothstep(0.25, 1, lubrication) + 10 * smoothstep(0.6, 1, support)
}

/** A cutter dulls over its life and is replaced, each on its own count of parts: up to 10 % more load. */
export function dulling(parts: number, operation: number): number {
  const lifeParts = 40 + 13 * operation
  return 1 + (0.1 * ((parts + 17 * operation) % lifeParts)) / lifeParts
}
