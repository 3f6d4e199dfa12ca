import { driftValue, type Drift } from '../physics/drift.ts'
import type { Random } from '../physics/random.ts'
import {
  cushionLoss,
  cushionScatter,
  holdingSpeed,
  hotOilDelayS,
  meltFactor,
  type InjectionMouldingBuild,
} from './injection-moulding-laws.ts'

export const phases = ['closing', 'injection', 'holding', 'cooling', 'opening'] as const
export type Phase = (typeof phases)[number]

/** What the controller keeps of the last cycle; each value is taken at the end of its phase. */
export interface LastCycle {
  /** From clamping: spread of the tie bars' forces, %. */
  imbalancePct: number
  /** From injection, MPa. */
  peakMpa: number
  /** From the end of holding: mm and r/min. */
  cushionMm: number
  holdingRpm: number
  /** From the ejection of the part, s. */
  cycleS: number
}

export interface Cycle {
  phase: Phase
  /** How long the phase goes on, and how long the cycle has been going on, ms. */
  leftMs: number
  elapsedMs: number
  last: LastCycle
}

/** What a cycle depends on beside chance; progress of failure modes 0 to 1. */
export interface CycleConditions {
  meltC: number
  oilC: number
  checkRing: number
  leakage: number
  unevenness: number
  /** Slow wander of the resin's batch and of the machine. */
  resin: Drift
  machine: Drift
}

/** Seconds of the phases that no mould and no oil changes; cooling takes the rest of the mould's cycle. */
const fixedS = { closing: 3.2, injection: 2.8, holding: 7, opening: 5.5 } as const
const fixedSumS = 18.5

/** The screw turns while the part cools, so all of the shear's heat comes in that share of the cycle. */
export function shearNow(build: InjectionMouldingBuild, phase: Phase): number {
  return phase === 'cooling' ? (build.shearKPerMin * build.cycleS) / (build.cycleS - fixedSumS) : 0
}

/** A machine that has just clamped: the values of a cycle under the same conditions as the next one. */
export function beginCycles(build: InjectionMouldingBuild, conditions: CycleConditions, random: Random): Cycle {
  let cycle = startCycle(build, conditions, random, blank)
  for (const _ of phases) cycle = finishPhase(build, cycle, conditions, random)
  return cycle
}

/** Begins a cycle with the clamp open; what is known of the last one stays. */
export function startCycle(
  build: InjectionMouldingBuild,
  conditions: CycleConditions,
  random: Random,
  last: LastCycle,
): Cycle {
  const leftMs = phaseMs(build, 'closing', conditions, random)
  return { phase: 'closing', leftMs, elapsedMs: 0, last }
}

/** The cycle after its present phase is over: the phase's value is taken, the next one begins. */
export function finishPhase(
  build: InjectionMouldingBuild,
  { phase, leftMs, elapsedMs, last }: Cycle,
  conditions: CycleConditions,
  random: Random,
): Cycle {
  const endedMs = elapsedMs + leftMs
  const measured = { ...last, ...measure(build, phase, conditions, random, endedMs) }
  const next = phases[phases.indexOf(phase) + 1]
  if (!next) return startCycle(build, conditions, random, measured)
  return { phase: next, leftMs: phaseMs(build, next, conditions, random), elapsedMs: endedMs, last: measured }
}

function measure(
  build: InjectionMouldingBuild,
  phase: Phase,
  { meltC, oilC, checkRing, leakage, unevenness, resin, machine }: CycleConditions,
  random: Random,
  endedMs: number,
): Partial<LastCycle> {
  const [batch, wander] = [driftValue(resin), driftValue(machine)]
  switch (phase) {
    case 'closing':
      return { imbalancePct: build.imbalancePct + 5 * unevenness + 0.12 * wander + 0.05 * random.gaussian() }
    case 'injection':
      return { peakMpa: build.peakMpa * meltFactor(meltC) + 0.6 * batch + 0.35 * random.gaussian() }
    case 'holding': {
      const cushionMm = build.cushionMm - cushionLoss(checkRing) + 0.06 * batch
      return {
        cushionMm: Math.max(0.2, cushionMm + cushionScatter(checkRing) * random.gaussian()),
        holdingRpm: holdingSpeed(build, oilC, leakage) + 3 * wander + 2 * random.gaussian(),
      }
    }
    case 'cooling':
      return {}
    case 'opening':
      return { cycleS: endedMs / 1000 }
  }
}

function phaseMs(
  build: InjectionMouldingBuild,
  phase: Phase,
  { oilC, unevenness, machine }: CycleConditions,
  random: Random,
): number {
  if (phase === 'cooling') return (build.cycleS - fixedSumS) * 1000
  if (phase !== 'opening') return fixedS[phase] * 1000
  // Hydraulic movements and a clamp that has to find its force again take longer; the robot is never quite as quick.
  const delayS = hotOilDelayS(oilC) + 0.3 * unevenness
  return (fixedS.opening + delayS + 0.04 * driftValue(machine) + 0.05 * random.gaussian()) * 1000
}

/** Overwritten before anybody sees it. */
const blank: LastCycle = { imbalancePct: 0, peakMpa: 0, cushionMm: 0, holdingRpm: 0, cycleS: 0 }
