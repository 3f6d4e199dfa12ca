import { driftValue, type Drift } from '../physics/drift.ts'
import type { Demand, Place } from './machining-centre-course.ts'
import {
  axisFriction,
  chatter,
  dulling,
  frictionShare,
  jacketTemperature,
  judgedRpm,
  lateShare,
  meanFrictionShare,
  turningLoad,
  wearVibration,
  type MachiningCentreBuild,
} from './machining-centre-laws.ts'
import type { Surroundings } from './model.ts'

/** What a machine is doing; `ready` is switched on without a program. */
export type Doing = Place['doing'] | 'ready' | 'off'

/** Load of the spindle, %. */
export function spindleTarget(
  build: MachiningCentreBuild,
  { operation }: Place,
  parts: number,
  demand: Demand,
  rpm: number,
  { severity }: Surroundings,
): number {
  if (rpm < demand.rpm) return 90 // the drive accelerates with nearly all it has, for a second or two
  if (rpm < 1) return 0
  return turningLoad(rpm, severity('VMC-01')) + demand.cutPct * build.loadFactor * dulling(parts, operation)
}

/** Load of the Z axis, %. */
export function zTarget(
  { zHoldPct }: MachiningCentreBuild,
  { zPct, moving }: Demand,
  { severity }: Surroundings,
): number {
  return zHoldPct + zPct + (moving ? axisFriction(severity('VMC-05'), severity('VMC-04')) : 0)
}

/** Unbalance and bearings grow with the speed; the cut adds a little, a tool that is held badly much. */
export function shaking(
  build: MachiningCentreBuild,
  { cutPct }: Demand,
  rpm: number,
  { severity }: Surroundings,
): number {
  const spindle = (build.vibration + wearVibration(severity('VMC-01'))) * (rpm / judgedRpm)
  return spindle + 0.0025 * cutPct + chatter(cutPct, severity('VMC-02'))
}

/** Where the spindle's temperature goes while the jacket's chiller runs. */
export function spindleHeat(build: MachiningCentreBuild, rpm: number, { ambientC, severity }: Surroundings): number {
  const riseK = build.spindleRiseK + 12 * lateShare(severity('VMC-01'))
  return jacketTemperature(ambientC) + (riseK * frictionShare(rpm)) / meanFrictionShare(build)
}

/** Switched off, the valve lets the air out of the machine; a tool change and the cutting air each take a sip. */
export function airTarget(build: MachiningCentreBuild, doing: Doing, drift: Drift, { severity }: Surroundings): number {
  if (doing === 'off') return 0
  const sip = doing === 'changing' ? 0.012 : doing === 'turning' ? 0.004 : 0
  return build.airMpa + 0.005 * driftValue(drift) - sip - 0.12 * severity('VMC-03')
}
