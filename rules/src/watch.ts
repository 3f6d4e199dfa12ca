import { beginWatch, type RuleWatch } from '@fettle/domain/rules/rule-watch'
import { forgetHolds } from '@fettle/domain/rules/threshold-state'
import type { ConditionMemory } from './asset-memory.ts'
import type { BoundRule } from './bind-rules.ts'

/** An open alarm episode; `peakValue` is the one its row has. */
export interface OpenAlarm {
  readonly alarmId: string
  peakValue: number
}

/** What is remembered of a rule on a signal, also while the rule itself is not at hand. */
export interface WatchMemory extends RuleWatch {
  readonly ruleId: string
  readonly version: number
  liveAlarm: OpenAlarm | undefined
  behindAlarm: OpenAlarm | undefined
}

export interface Watch extends WatchMemory {
  readonly rule: BoundRule
  /** When its condition held; undefined when every reading counts. */
  readonly condition: ConditionMemory | undefined
}

/**
 * Gives each rule its memory, and its condition's among those of the asset. The same version goes on as it was; another version starts its holds anew and keeps an open
 * episode. Memories whose rule is gone are `withdrawn`.
 */
export function matchWatches(
  memories: readonly WatchMemory[],
  rules: readonly BoundRule[],
  conditions: readonly ConditionMemory[],
) {
  const watches = rules.map((rule): Watch => {
    const known = memories.find(({ ruleId }) => ruleId === rule.ruleId)
    const condition = rule.condition && conditions.find(({ bound }) => bound.key === rule.condition?.key)
    return watchOf(rule, condition, known?.version === rule.version ? known : known && restarted(known))
  })
  const withdrawn = memories.filter(({ ruleId }) => !rules.some((rule) => rule.ruleId === ruleId))
  return { watches, withdrawn }
}

/** One shape for all of them, since they are walked for every reading. */
function watchOf(rule: BoundRule, condition: ConditionMemory | undefined, known: WatchMemory | undefined): Watch {
  const { live, behind } = known ?? beginWatch()
  const { ruleId, version } = rule
  const { liveAlarm, behindAlarm } = known ?? {}
  return { rule, condition, ruleId, version, live, behind, liveAlarm, behindAlarm }
}

function restarted(memory: WatchMemory): WatchMemory {
  forgetHolds(memory.live)
  if (memory.behind) forgetHolds(memory.behind.state)
  return memory
}
