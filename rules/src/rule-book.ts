import type { ThresholdDefinition } from '@fettle/contracts/rules'
import type { Db, DbOrTx } from '@fettle/db/client'
import { assets, maintenanceWindows, models, signals } from '@fettle/db/schema/assets'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import type { MaintenanceWindow } from '@fettle/domain/assets/maintenance'
import { compileThreshold, ThresholdError, type ThresholdStep } from '@fettle/domain/rules/threshold'
import { grouped } from '@fettle/platform/grouped'
import type { Logger } from '@fettle/platform/logging'
import { and, eq, isNull, sql } from 'drizzle-orm'

/** A rule as it holds for one signal of one asset. */
export interface BoundRule {
  readonly ruleId: string
  readonly version: number
  readonly assetId: string
  readonly signalId: string
  readonly failureModeId: string
  readonly definition: ThresholdDefinition
  readonly step: ThresholdStep
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
  /** Machines that somebody took into maintenance until further notice. */
  readonly inMaintenance: ReadonlySet<string>
  /** Planned windows by asset. */
  readonly windows: ReadonlyMap<string, readonly MaintenanceWindow[]>
}

interface RuleRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly modelId: string | null
  readonly assetId: string | null
  readonly failureModeId: string
  readonly enabled: boolean
  readonly definition: ThresholdDefinition
}

/**
 * Reads the rules in their current versions and binds them to the signals of every asset. An asset's own rule goes before its
 * model's rule of the same key, also when it is disabled: that is how one machine is exempted. A rule that cannot be compiled
 * is logged and left out; the others hold.
 */
export async function loadRuleBook(db: Db, logger: Logger): Promise<RuleBook> {
  const { fingerprint, ruleRows, signalRows, windowRows } = await db.transaction(readTables, {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
  const bySubject = grouped(compileAll(ruleRows, logger), ({ row }) => row.assetId ?? row.modelId)
  const byAsset = grouped(signalRows, ({ assetId }) => assetId)
  const watched = new Map<number, WatchedSignal>()
  const inMaintenance = new Set<string>()
  for (const [assetId, signalsOfAsset] of byAsset) {
    const own = bySubject.get(assetId) ?? []
    const ownKeys = new Set(own.map(({ row }) => row.key))
    const inherited = bySubject.get(signalsOfAsset[0]?.modelId ?? null) ?? []
    const valid = [...own, ...inherited.filter(({ row }) => !ownKeys.has(row.key))]
    for (const { series, signalId, signalKey, kind, runStateSignal, runningStates, mode } of signalsOfAsset) {
      if (mode === 'maintenance') inMaintenance.add(assetId)
      // Texts have no limits to cross.
      if (kind === 'text') {
        watched.set(series, { assetId, signalId, runningStates: undefined, rules: [] })
        continue
      }
      const bound = valid.flatMap(({ row, step }): BoundRule[] => {
        const { id: ruleId, version, failureModeId, definition } = row
        if (!row.enabled || !step || definition.signalKey !== signalKey) return []
        return [{ ruleId, version, assetId, signalId, failureModeId, definition, step }]
      })
      const tells = signalKey === runStateSignal ? runningStates : undefined
      watched.set(series, { assetId, signalId, runningStates: tells, rules: bound })
    }
  }
  const windows = grouped(windowRows, ({ assetId }) => assetId)
  return { fingerprint, signals: watched, inMaintenance, windows }
}

async function readTables(tx: DbOrTx) {
  const fingerprint = await readFingerprint(tx)
  const ruleRows: RuleRow[] = await tx
    .select({
      id: rules.id,
      key: rules.key,
      version: rules.version,
      modelId: rules.modelId,
      assetId: rules.assetId,
      failureModeId: rules.failureModeId,
      enabled: rules.enabled,
      definition: ruleVersions.definition,
    })
    .from(rules)
    .innerJoin(ruleVersions, and(eq(ruleVersions.ruleId, rules.id), eq(ruleVersions.version, rules.version)))
    .orderBy(rules.id)
  const signalRows = await tx
    .select({
      series: signals.series,
      signalId: signals.id,
      signalKey: signals.key,
      kind: signals.kind,
      assetId: assets.id,
      modelId: assets.modelId,
      mode: assets.mode,
      runStateSignal: models.runStateSignal,
      runningStates: models.runningStates,
    })
    .from(signals)
    .innerJoin(assets, eq(assets.id, signals.assetId))
    .innerJoin(models, eq(models.id, assets.modelId))
  const { assetId, fromMs, toMs, cancelledAt } = maintenanceWindows
  const windowRows = await tx.select({ assetId, fromMs, toMs }).from(maintenanceWindows).where(isNull(cancelledAt))
  return { fingerprint, ruleRows, signalRows, windowRows }
}

function compileAll(rows: readonly RuleRow[], logger: Logger): { row: RuleRow; step: ThresholdStep | undefined }[] {
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

/** Changes whenever a rule book loaded again would be another one; cheap enough to ask every few seconds. */
export async function readFingerprint(db: DbOrTx): Promise<string> {
  const { rows } = await db.execute<{ fingerprint: string }>(sql`
    select concat_ws('/',
      (select concat_ws(',', count(*), sum(version), count(*) filter (where enabled), max(changed_at)) from rules),
      (select count(*) from rule_versions),
      (select concat_ws(',', count(*), max(series)) from signals),
      (select concat_ws(',', count(*), sum(version), count(*) filter (where mode = 'maintenance')) from assets),
      (select concat_ws(',', count(*), count(cancelled_at), max(created_at)) from maintenance_windows),
      (select md5(string_agg(id || run_state_signal || running_states::text, ',' order by id)) from models)
    ) as fingerprint`)
  return rows[0]?.fingerprint ?? ''
}
