import type { Db, DbOrTx } from '@fettle/db/client'
import { assets, maintenanceWindows, models, signals } from '@fettle/db/schema/assets'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import type { Logger } from '@fettle/platform/logging'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { bindRules, type RuleBook, type RuleRow, type RuleTables, type SignalRow } from './bind-rules.ts'

/** Reads the rules in their current versions and binds them to the signals of every asset (`bind-rules.ts`). */
export async function loadRuleBook(db: Db, logger: Logger): Promise<RuleBook> {
  const tables = await db.transaction(readTables, { isolationLevel: 'repeatable read', accessMode: 'read only' })
  return bindRules(tables, logger)
}

async function readTables(tx: DbOrTx): Promise<RuleTables> {
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
  const signalRows: SignalRow[] = await tx
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
