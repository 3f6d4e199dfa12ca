import { listRules } from '@fettle/contracts/rules'
import { failureModes, models } from '@fettle/db/schema/assets'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { onVisibleAsset } from '../policy/scope.ts'

export function ruleRoutes(app: App, { database: { db } }: Dependencies): void {
  app.route({
    ...listRules,
    handler: async ({ actor, query }) => {
      const rows = await db
        .select({
          rule: rules,
          definition: ruleVersions.definition,
          modelKey: models.key,
          failureModeKey: failureModes.key,
        })
        .from(rules)
        .innerJoin(ruleVersions, and(eq(ruleVersions.ruleId, rules.id), eq(ruleVersions.version, rules.version)))
        .innerJoin(failureModes, eq(failureModes.id, rules.failureModeId))
        .leftJoin(models, eq(models.id, rules.modelId))
        .where(
          and(
            or(sql`${rules.assetId} is null`, onVisibleAsset(actor, rules.assetId)),
            query.modelKey ? eq(models.key, query.modelKey) : undefined,
            query.assetId ? eq(rules.assetId, query.assetId) : undefined,
          ),
        )
        .orderBy(asc(models.key), asc(rules.key))
      return {
        items: rows.map(({ rule, definition, modelKey, failureModeKey }) => ({
          id: rule.id,
          key: rule.key,
          modelKey,
          assetId: rule.assetId,
          failureModeKey,
          version: rule.version,
          enabled: rule.enabled,
          definition,
          changedAt: rule.changedAt.toISOString(),
        })),
      }
    },
  })
}
