import type { Actor } from '@fettle/api/policy/actor'
import type { Database, DbOrTx } from '@fettle/db/client'
import { assets, failureModes } from '@fettle/db/schema/assets'
import { users } from '@fettle/db/schema/identity'
import { engineers } from '@fettle/db/schema/organisation'
import { parts, stockLocations } from '@fettle/db/schema/parts'
import type { Part } from '@fettle/api/parts/ledger'

/** Everything in the database that stories speak of by its key. */
export interface Stage {
  /** For what wants a whole database; stories are played in transactions. */
  readonly pool: Database['pool']
  actor(username: string): Actor
  assetId(key: string): string
  engineerId(key: string): string
  failureModeId(key: string): string
  locationId(key: string): string
  part(code: string): Part
}

export async function openStage(db: DbOrTx, pool: Database['pool']): Promise<Stage> {
  const actors = new Map((await db.select().from(users)).map((user) => [user.username, actorOf(user)]))
  const assetIds = new Map((await db.select({ key: assets.key, id: assets.id }).from(assets)).map(pair))
  const engineerIds = new Map((await db.select({ key: engineers.key, id: engineers.id }).from(engineers)).map(pair))
  const modeIds = new Map(
    (await db.select({ key: failureModes.key, id: failureModes.id }).from(failureModes)).map(pair),
  )
  const locations = await db.select({ key: stockLocations.key, id: stockLocations.id }).from(stockLocations)
  const locationIds = new Map(locations.map(pair))
  const byCode = new Map((await db.select().from(parts)).map((part) => [part.code, part]))
  return {
    pool,
    actor: (username) => found(actors.get(username), `account ${username}`),
    assetId: (key) => found(assetIds.get(key), `machine ${key}`),
    engineerId: (key) => found(engineerIds.get(key), `engineer ${key}`),
    failureModeId: (key) => found(modeIds.get(key), `failure mode ${key}`),
    locationId: (key) => found(locationIds.get(key), `stock location ${key}`),
    part: (code) => found(byCode.get(code), `part ${code}`),
  }
}

const pair = ({ key, id }: { key: string; id: string }) => [key, id] as const

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this demonstration has no ${what} any more`)
  return value
}

function actorOf(user: typeof users.$inferSelect): Actor {
  const { id, username, name, role, engineerId, customerId, branchId, regionPrefix } = user
  return { id, username, name, role, engineerId, customerId, branchId, regionPrefix }
}
