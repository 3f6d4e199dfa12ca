import type { Static } from 'typebox'
import type { listRules, Rule } from '@fettle/contracts/rules'
import type { DbOrTx } from '@fettle/db/client'
import { failureModes, models } from '@fettle/db/schema/assets'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import { and, eq, or, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { page } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { onVisibleAsset } from '../policy/scope.ts'

/** What is watched: the version in force of every rule, by its key; those of one machine for who may see it. */
export async function ruleList(db: DbOrTx, actor: Actor, query: Static<typeof listRules.schema.querystring>) {
  const list = page({
    query,
    columns: {
      // A rule of one machine belongs to no model; it stands after those that do.
      modelKey: { column: sql`coalesce(${models.key}, '~')`, cast: 'text' },
      key: { column: rules.key, cast: 'text' },
      changedAt: { column: rules.changedAt, cast: 'timestamptz' },
    },
    fallback: 'modelKey',
    // The same key may be watched on several models.
    id: { column: sql`(${rules.key} || ' ' || ${rules.id})`, cast: 'text' },
  })
  const { q, modelKey, assetId } = query
  const rows = await db
    .select({
      rule: rules,
      definition: ruleVersions.definition,
      modelKey: models.key,
      failureModeKey: failureModes.key,
      mark: list.mark,
    })
    .from(rules)
    .innerJoin(ruleVersions, and(eq(ruleVersions.ruleId, rules.id), eq(ruleVersions.version, rules.version)))
    .innerJoin(failureModes, eq(failureModes.id, rules.failureModeId))
    .leftJoin(models, eq(models.id, rules.modelId))
    .where(
      and(
        or(sql`${rules.assetId} is null`, onVisibleAsset(actor, rules.assetId)),
        modelKey ? eq(models.key, modelKey) : undefined,
        assetId ? eq(rules.assetId, assetId) : undefined,
        containing(q, [rules.key, failureModes.key, failureModes.name]),
        list.after,
      ),
    )
    .orderBy(list.orderBy)
    .limit(list.fetch)
  const cut = list.cut(rows)
  return {
    items: cut.rows.map(({ rule, definition, modelKey: ofModel, failureModeKey }): Rule => ({
      id: rule.id,
      key: rule.key,
      modelKey: ofModel,
      assetId: rule.assetId,
      failureModeKey,
      version: rule.version,
      enabled: rule.enabled,
      definition,
      changedAt: rule.changedAt.toISOString(),
    })),
    nextCursor: cut.nextCursor,
  }
}
