import { clamp, lag } from '../physics/lag.ts'
import {
  condenserGapK,
  condensingLimitKpa,
  coolingCapacityKw,
  coolingWaterKwPerK,
  currentA,
  currentLimitA,
  dischargeTarget,
  drawnKw,
  evaporatingLimitKpa,
  evaporatorGapK,
  kwPerKOfFlow,
  leastSlide,
  oilDpTarget,
  shaftKw,
  towerKw,
  type ChillerBuild,
} from './chiller-laws.ts'
import { saturationKpa } from './chiller-refrigerant.ts'
import { coolingTauMs, minuteMs } from './model.ts'

/** Everything in the machine that has a temperature, a pressure or a flow. Units as in chiller-laws.ts. */
export interface Circuit {
  slide: number
  coolingKw: number
  powerKw: number
  flowM3PerH: number
  enteringC: number
  leavingC: number
  evaporatingC: number
  condensingC: number
  /** Cooling water out of the tower's basin, and out of the condenser. */
  basinC: number
  hotC: number
  /** Tower fan's speed, 0 to 1. */
  fan: number
  dischargeC: number
  oilDpKpa: number
  /** How far the oil differential has really fallen, 0 to 1: a lost charge of oil leaves within minutes. */
  lostOil: number
}

/** What acts on the circuit during a step. */
export interface Drive {
  compressor: boolean
  /** The chilled-water pump turns: also before the start, when ready and after a trip. */
  circulates: boolean
  /** Its neighbour on the same main keeps the loop cold while this one only stands ready. */
  neighbour: boolean
  demandKw: number
  ambientC: number
  /** Severities of the failure modes, 0 to 1. */
  scale: number
  lostCharge: number
  blockedStrainer: number
  lostOil: number
  deadFan: number
}

/** Water in the plant's loop and metal around it: 20 m³. */
const loopKjPerK = 84_000
/** Basin and pipes of the tower: 8.6 m³. Without its fan the full load warms it by 1.7 K a minute, a low one by 1. */
const basinKjPerK = 36_000
/** The control loops need steps well below their time constants, however long the simulation's steps are. */
const longestStepMs = 10_000

export function advanceCircuit(build: ChillerBuild, circuit: Circuit, drive: Drive, dtMs: number): Circuit {
  const steps = Math.ceil(dtMs / longestStepMs)
  let now = circuit
  for (let i = 0; i < steps; i++) now = shortStep(build, now, drive, dtMs / steps)
  return now
}

function shortStep(build: ChillerBuild, before: Circuit, drive: Drive, dtMs: number): Circuit {
  const { compressor, circulates, ambientC, scale, lostCharge } = drive
  const seconds = dtMs / 1_000
  const slide = nextSlide(build, before, compressor, seconds)
  const liftK = before.condensingC - before.evaporatingC

  // Chilled water: the loop warms by what the plant draws and cools by what the machine takes.
  const fullFlow = build.flowM3PerH * (1 - 0.25 * drive.blockedStrainer)
  const flowM3PerH = lag(before.flowM3PerH, circulates ? fullFlow : 0, 5_000, dtMs)
  const possibleKw = compressor ? coolingCapacityKw(slide, before.evaporatingC, before.condensingC) : 0
  const coolingKw = lag(before.coolingKw, possibleKw, 8_000, dtMs)
  const powerKw = compressor ? shaftKw(coolingKw, liftK) : 0
  const flows = flowM3PerH > 0.2 * build.flowM3PerH
  const leavingTarget = before.enteringC - (flows ? coolingKw / (flowM3PerH * kwPerKOfFlow) : 0)

  // Refrigerant and cooling water. A standing machine's evaporator takes its water's temperature, the rest the room's.
  const gapK = evaporatorGapK(build, coolingKw, flowM3PerH, lostCharge)
  const waterKwPerK = coolingWaterKwPerK(scale)
  const rejectedKw = compressor ? coolingKw + powerKw : 0
  const hotC = compressor
    ? lag(before.hotC, before.basinC + rejectedKw / waterKwPerK, 15_000, dtMs)
    : lag(before.hotC, ambientC, coolingTauMs, dtMs)
  const condensingC = compressor
    ? lag(before.condensingC, hotC + condenserGapK(build, rejectedKw, scale), 10_000, dtMs)
    : lag(before.condensingC, ambientC, coolingTauMs, dtMs)
  const fan = lag(before.fan, compressor && drive.deadFan < 0.5 ? wantedFan(build, before.basinC) : 0, 8_000, dtMs)
  const givenKw = towerKw(build, fan, waterKwPerK, hotC, ambientC)
  const basinC = compressor
    ? before.basinC + ((rejectedKw - givenKw) / basinKjPerK) * seconds
    : lag(before.basinC, ambientC, coolingTauMs, dtMs)

  const lostOil = lag(before.lostOil, drive.lostOil, minuteMs, dtMs)
  const oilTarget = oilDpTarget(build, saturationKpa(condensingC), saturationKpa(before.evaporatingC), lostOil)
  const discharge = dischargeTarget(build, condensingC, liftK, lostCharge)
  return {
    slide,
    coolingKw,
    powerKw,
    flowM3PerH,
    enteringC: nextEntering(before, drive, flows, coolingKw, build.setPointC, dtMs),
    leavingC: flows
      ? lag(before.leavingC, leavingTarget, 12_000, dtMs)
      : lag(before.leavingC, ambientC, coolingTauMs, dtMs),
    evaporatingC: lag(before.evaporatingC, before.leavingC - gapK, compressor ? 20_000 : 3 * minuteMs, dtMs),
    condensingC,
    basinC,
    hotC,
    fan,
    dischargeC: compressor
      ? lag(before.dischargeC, discharge, minuteMs, dtMs)
      : lag(before.dischargeC, ambientC, coolingTauMs, dtMs),
    oilDpKpa: lag(before.oilDpKpa, compressor ? oilTarget : 0, compressor ? 6_000 : 2_000, dtMs),
    lostOil,
  }
}

function nextEntering(
  { enteringC, leavingC }: Circuit,
  { neighbour, demandKw, ambientC }: Drive,
  flows: boolean,
  coolingKw: number,
  setPointC: number,
  dtMs: number,
): number {
  if (!flows) return lag(enteringC, ambientC, coolingTauMs, dtMs)
  if (neighbour) return lag(enteringC, setPointC + 0.6, 10_000, dtMs)
  return enteringC + ((drawnKw(demandKw, leavingC) - coolingKw) / loopKjPerK) * (dtMs / 1_000)
}

/**
 * The slide valve integrates the water's deviation from its set point. Over a limit of pressure or current the controller
 * unloads instead, the faster the further, and the water has to wait.
 */
function nextSlide(build: ChillerBuild, circuit: Circuit, compressor: boolean, seconds: number): number {
  if (!compressor) return leastSlide
  const { leavingC, condensingC, evaporatingC, powerKw } = circuit
  const wanted = clamp(0.002 * (leavingC - build.setPointC), -0.008, 0.004)
  const allowed = Math.min(
    (condensingLimitKpa - saturationKpa(condensingC)) / 10_000,
    (saturationKpa(evaporatingC) - evaporatingLimitKpa) / 2_500,
    (currentLimitA - currentA(build, powerKw)) / 2_000,
  )
  const rate = Math.max(-0.008, Math.min(wanted, allowed))
  return clamp(circuit.slide + rate * seconds, leastSlide, 1)
}

/** Fan speed in proportion to the basin's temperature, over 2 K around its set point. */
function wantedFan({ towerSetC }: ChillerBuild, basinC: number): number {
  return clamp(0.5 + (basinC - towerSetC) / 2, 0, 1)
}
