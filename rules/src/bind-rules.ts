import type { RuleCondition, ThresholdDefinition } from '@fettle/contracts/rules'
import type { SignalKind } from '@fettle/contracts/telemetry'
import type { MaintenanceWindow } from '@fettle/domain/assets/maintenance'
import { ThresholdError } from '@fettle/domain/rules/check-threshold'
import { compileThreshold, type ThresholdStep } from '@fettle/domain/rules/threshold'
import { grouped } from '@fettle/platform/grouped'
import type { Logger } from '@fettle/platform/logging'

/** A condition as it is told by one signal of one asset. */
export interface BoundCondition {
  /** The same for the same condition, whichever rule asks for it; it is what a snapshot keeps it under. */
  readonly key: string
  /** The signal that tells it. */
  readonly series: number
  readonly definition: RuleCondition
}

/** A rule as it holds for one signal of one asset. */
export interface BoundRule {
  readonly ruleId: string
  readonly version: number
  readonly assetId: string
  readonly signalId: string
  readonly failureModeId: string
  readonly definition: ThresholdDefinition
  readonly step: ThresholdStep
  readonly condition: BoundCondition | undefined
}

export interface WatchedSignal {
  readonly assetId: string
  readonly signalId: string
  /** Of the signal that tells whether the machine runs: the values that say so. */
  readonly runningStates: readonly number[] | undefined
  readonly rules: readonly BoundRule[]
}

/** Everything that is watched now: all signals by their series, also those without a rule, so that an unknown one stands out. */
export interface RuleBook {
  readonly fingerprint: string
  readonly signals: ReadonlyMap<number, WatchedSignal>
  /** What the rules of an asset ask of its other signals, each once. */
  readonly conditions: ReadonlyMap<string, readonly BoundCondition[]>
  /** Machines that somebody took into maintenance until further notice. */
  readonly inMaintenance: ReadonlySet<string>
  /** Planned windows by asset. */
  readonly windows: ReadonlyMap<string, readonly MaintenanceWindow[]>
}

export interface RuleRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly modelId: string | null
  readonly assetId: string | null
  readonly failureModeId: string
  readonly enabled: boolean
  readonly definition: ThresholdDefinition
}

export interface SignalRow {
  readonly series: number
  readonly signalId: string
  readonly signalKey: string
  readonly kind: SignalKind
  readonly assetId: string
  readonly modelId: string
  readonly mode: 'normal' | 'maintenance'
  readonly runStateSignal: string
  readonly runningStates: readonly number[]
}

/** What a book is made of. */
export interface RuleTables {
  readonly fingerprint: string
  readonly ruleRows: readonly RuleRow[]
  readonly signalRows: readonly SignalRow[]
  readonly windowRows: readonly (MaintenanceWindow & { readonly assetId: string })[]
}

interface CompiledRule {
  readonly row: RuleRow
  /** Undefined when the rule cannot be compiled. */
  readonly step: ThresholdStep | undefined
}

/**
 * Binds rules to the signals of every asset. An asset's own rule goes before its model's rule of the same key, also when it
 * is disabled: that is how one machine is exempted. A rule that cannot be compiled, or whose condition asks for a signal that
 * the machine does not have, is logged and left out; the others hold.
 */
export function bindRules({ fingerprint, ruleRows, signalRows, windowRows }: RuleTables, logger: Logger): RuleBook {
  const bySubject = grouped(compileAll(ruleRows, logger), ({ row }) => row.assetId ?? row.modelId)
  const watched = new Map<number, WatchedSignal>()
  const conditions = new Map<string, readonly BoundCondition[]>()
  const inMaintenance = new Set<string>()
  const refused = new Map<RuleRow, string[]>()
  for (const [assetId, ownSignals] of grouped(signalRows, (row) => row.assetId)) {
    const own = bySubject.get(assetId) ?? []
    const ownKeys = new Set(own.map(({ row }) => row.key))
    const inherited = bySubject.get(ownSignals[0]?.modelId ?? null) ?? []
    const valid = [...own, ...inherited.filter(({ row }) => !ownKeys.has(row.key))]
    const telling = createTelling(ownSignals)
    for (const { series, signalId, signalKey, kind, runStateSignal, runningStates, mode } of ownSignals) {
      if (mode === 'maintenance') inMaintenance.add(assetId)
      // Texts have no limits to cross.
      if (kind === 'text') {
        watched.set(series, { assetId, signalId, runningStates: undefined, rules: [] })
        continue
      }
      const bound = valid.flatMap(({ row, step }): BoundRule[] => {
        const { id: ruleId, version, failureModeId, definition } = row
        if (!row.enabled || !step || definition.signalKey !== signalKey) return []
        const condition = definition.condition && telling.bind(definition.condition)
        if (definition.condition && !condition) {
          refused.set(row, [...(refused.get(row) ?? []), assetId])
          return []
        }
        return [{ ruleId, version, assetId, signalId, failureModeId, definition, step, condition }]
      })
      const tells = signalKey === runStateSignal ? runningStates : undefined
      watched.set(series, { assetId, signalId, runningStates: tells, rules: bound })
    }
    if (telling.bound().length > 0) conditions.set(assetId, telling.bound())
  }
  for (const [{ id: ruleId, key, version, definition }, assetIds] of refused) {
    const about = { ruleId, key, version, signalKey: definition.condition?.signalKey, assetIds }
    logger.error(about, 'a rule is left out on machines without the signal of its condition')
  }
  const windows = grouped(windowRows, ({ assetId }) => assetId)
  return { fingerprint, signals: watched, conditions, inMaintenance, windows }
}

function compileAll(rows: readonly RuleRow[], logger: Logger): CompiledRule[] {
  return rows.map((row) => {
    try {
      return { row, step: compileThreshold(row.definition) }
    } catch (error) {
      if (!(error instanceof ThresholdError)) throw error
      logger.error({ ruleId: row.id, key: row.key, version: row.version, err: error }, 'a rule is invalid and left out')
      return { row, step: undefined }
    }
  })
}

/** Binds the conditions on one machine's signals, each once. */
function createTelling(signalsOfAsset: readonly SignalRow[]) {
  const bound = new Map<string, BoundCondition>()
  return {
    /** Undefined when the machine has no such signal, or it is a text. */
    bind(definition: RuleCondition): BoundCondition | undefined {
      const { signalKey, atLeast = null, atMost = null } = definition
      const signal = signalsOfAsset.find((row) => row.signalKey === signalKey && row.kind === 'number')
      if (!signal) return undefined
      const key = JSON.stringify([signalKey, atLeast, atMost])
      const condition = bound.get(key) ?? { key, series: signal.series, definition }
      bound.set(key, condition)
      return condition
    },
    bound: () => [...bound.values()],
  }
}
