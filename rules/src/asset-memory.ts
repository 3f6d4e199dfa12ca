import { QUALITY, type Quality } from '@fettle/contracts/uplink'
import type { MaintenanceWindow } from '@fettle/domain/assets/maintenance'
import { meets } from '@fettle/domain/rules/condition'
import type { BoundCondition } from './bind-rules.ts'
import { beginStateLanes, forgetOld, recordInLane, type StateLanes } from './state-lanes.ts'

/** When a condition of a machine's rules held. Rules that ask for the same share it. */
export interface ConditionMemory {
  readonly bound: BoundCondition
  readonly lanes: StateLanes
}

/** What is remembered of a machine as a whole. */
export interface AssetMemory {
  inMaintenance: boolean
  windows: readonly MaintenanceWindow[]
  readonly runs: StateLanes
  conditions: readonly ConditionMemory[]
}

/** A signal that tells whether its machine runs, or whether conditions hold. */
export interface TellingSignal {
  readonly asset: AssetMemory
  readonly runningStates: readonly number[] | undefined
  readonly conditions: readonly ConditionMemory[]
}

/** Gives each condition of the book its memory; one that was not known begins with nothing. */
export function matchConditions(
  bounds: readonly BoundCondition[],
  lanesOf: (key: string) => StateLanes | undefined,
): ConditionMemory[] {
  return bounds.map((bound) => ({ bound, lanes: lanesOf(bound.key) ?? beginStateLanes() }))
}

/** A bad run state is not believed; a condition's signal that is bad leaves unknown whether it holds. */
export function tell({ asset, runningStates, conditions }: TellingSignal, at: number, value: number, quality: Quality) {
  const isKnown = quality !== QUALITY.bad && !Number.isNaN(value)
  if (runningStates && isKnown) recordInLane(asset.runs, at, runningStates.includes(value))
  for (const { bound, lanes } of conditions)
    recordInLane(lanes, at, isKnown ? meets(bound.definition, value) : undefined)
}

/** After each entry, so that within one entry everything that it tells is known (`forgetOldChanges`). */
export function forgetOldStates({ runs, conditions }: AssetMemory): void {
  forgetOld(runs)
  for (const { lanes } of conditions) forgetOld(lanes)
}
