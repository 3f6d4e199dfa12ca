import { assets } from '@fettle/db/schema/assets'
import { customers, sites } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { type AnyColumn, type SQL, and, eq, inArray, like, or, sql } from 'drizzle-orm'
import type { Actor } from './actor.ts'

/** The columns that a row's scope is measured by. */
export interface ScopeColumns {
  readonly customerId: AnyColumn
  readonly regionCode: AnyColumn
  readonly branchId: AnyColumn
  /** The engineer in charge, where the row has one: their own rows are always theirs. */
  readonly engineerId?: AnyColumn
}

export const nothing = sql`false`
export const everything = sql`true`

/**
 * The rows that this actor may see, as a condition. One rule for every entity, export and stream:
 * customers see what is theirs, branches and their engineers what their branch serves, engineers their region and
 * what is assigned to them, others the region that their account names.
 */
export function scopeOf(actor: Actor, columns: ScopeColumns): SQL {
  switch (actor.role) {
    case 'customer':
      return actor.customerId === null ? nothing : eq(columns.customerId, actor.customerId)
    case 'branch':
      return actor.branchId === null ? nothing : eq(columns.branchId, actor.branchId)
    case 'engineer':
      return or(ownRows(actor, columns), regionRows(actor, columns)) ?? nothing
    case 'admin':
    case 'manager':
    case 'dispatcher':
    case 'desk':
    case 'storekeeper':
    case 'finance':
    case 'expert':
    case 'quality':
      return inRegion(actor, columns)
    default:
      return actor.role satisfies never
  }
}

export const ticketScope = (actor: Actor): SQL =>
  scopeOf(actor, {
    customerId: tickets.customerId,
    regionCode: tickets.regionCode,
    branchId: tickets.branchId,
    engineerId: tickets.engineerId,
  })

/** For queries that join assets, sites and customers. */
export const assetScope = (actor: Actor): SQL =>
  scopeOf(actor, { customerId: assets.customerId, regionCode: sites.regionCode, branchId: customers.branchId })

/** For rows that belong to an asset, whatever they join: `column in (visible assets)`. */
export function onVisibleAsset(actor: Actor, assetId: AnyColumn): SQL {
  const visible = sql`(select ${assets.id} from ${assets} join ${sites} on ${sites.id} = ${assets.siteId}
    join ${customers} on ${customers.id} = ${assets.customerId} where ${assetScope(actor)})`
  return sql`${assetId} in ${visible}`
}

/** For rows that belong to a ticket. */
export function onVisibleTicket(actor: Actor, ticketId: AnyColumn): SQL {
  return sql`${ticketId} in (select ${tickets.id} from ${tickets} where ${ticketScope(actor)})`
}

/** Engineers see what goes on in their region, but take steps on what was given to them. */
export function isInCharge(actor: Actor, { engineerId }: { readonly engineerId: string | null }): boolean {
  return actor.role !== 'engineer' || (actor.engineerId !== null && actor.engineerId === engineerId)
}

function ownRows(actor: Actor, { engineerId }: ScopeColumns): SQL {
  return engineerId === undefined || actor.engineerId === null ? nothing : eq(engineerId, actor.engineerId)
}

function regionRows(actor: Actor, columns: ScopeColumns): SQL {
  const ofBranch =
    actor.branchId === null ? sql`${columns.branchId} is null` : inArray(columns.branchId, [actor.branchId])
  return and(ofBranch, inRegion(actor, columns)) ?? nothing
}

function inRegion(actor: Actor, { regionCode }: ScopeColumns): SQL {
  return actor.regionPrefix === '' ? everything : like(regionCode, `${actor.regionPrefix}%`)
}
