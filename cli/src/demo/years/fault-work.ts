import { failureModes } from '@fettle/provisioning/demo/failure-modes'
import type { DemoFailureMode } from '@fettle/provisioning/demo/failure-mode'
import type { Chance } from '@fettle/provisioning/demo/years/chance'
import type { NeededPart } from './parts-plan.ts'

export function modeOf(failureModeKey: string): DemoFailureMode {
  const mode = failureModes.find(({ key }) => key === failureModeKey)
  if (!mode) throw new Error(`the catalogue has no failure mode ${failureModeKey}`)
  return mode
}

/** What the repair surely takes; the optional parts with a chance only. */
export function neededFor(failureModeKey: string, chance?: Chance): NeededPart[] {
  return modeOf(failureModeKey)
    .parts.filter(({ optional }) => !optional || chance?.happens(0.4))
    .map(({ partCode, quantity }) => ({ partCode, quantity }))
}
