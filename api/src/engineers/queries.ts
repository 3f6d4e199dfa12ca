import type { Static } from 'typebox'
import type { Engineer, listEngineers } from '@fettle/contracts/engineers'
import type { DbOrTx } from '@fettle/db/client'
import { branches, engineerCertificates, engineers, engineerSkills } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { type SQL, and, asc, eq, inArray, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { page } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { everything } from '../policy/scope.ts'
import { isOpen } from '../tickets/ticket-rows.ts'

/** Branches see their own engineers; everyone else who may ask sees all. */
export function engineerScope(actor: Actor): SQL {
  return actor.branchId === null ? everything : eq(engineers.branchId, actor.branchId)
}

/** Engineers with skills, certificates and load, by key. */
export async function engineerList(db: DbOrTx, actor: Actor, query: Static<typeof listEngineers.schema.querystring>) {
  const list = page({
    query,
    columns: {
      key: { column: engineers.key, cast: 'text' },
      name: { column: engineers.name, cast: 'text' },
      level: { column: engineers.level, cast: 'integer' },
    },
    fallback: 'key',
    id: { column: engineers.id, cast: 'uuid' },
  })
  const rows = await db
    .select({ engineer: engineers, branchName: branches.name, mark: list.mark })
    .from(engineers)
    .leftJoin(branches, eq(branches.id, engineers.branchId))
    .where(
      and(
        engineerScope(actor),
        containing(query.q, [engineers.key, engineers.name, engineers.baseName, branches.name]),
        list.after,
      ),
    )
    .orderBy(list.orderBy)
    .limit(list.fetch)
  const cut = list.cut(rows)
  return { items: await withDetails(db, cut.rows), nextCursor: cut.nextCursor }
}

interface EngineerRow {
  readonly engineer: typeof engineers.$inferSelect
  readonly branchName: string | null
}

async function withDetails(db: DbOrTx, rows: readonly EngineerRow[]): Promise<Engineer[]> {
  const ids = rows.map(({ engineer }) => engineer.id)
  if (ids.length === 0) return []
  const skills = await db
    .select()
    .from(engineerSkills)
    .where(inArray(engineerSkills.engineerId, ids))
    .orderBy(asc(engineerSkills.family))
  const certificates = await db
    .select()
    .from(engineerCertificates)
    .where(inArray(engineerCertificates.engineerId, ids))
    .orderBy(asc(engineerCertificates.key))
  const loads = await openTicketsByEngineer(db)
  return rows.map(({ engineer, branchName }) => ({
    id: engineer.id,
    key: engineer.key,
    name: engineer.name,
    level: engineer.level,
    regionCode: engineer.regionCode,
    baseName: engineer.baseName,
    base: { latitude: engineer.latitude, longitude: engineer.longitude },
    branchId: engineer.branchId,
    branchName,
    skills: skills
      .filter(({ engineerId }) => engineerId === engineer.id)
      .map(({ family, level }) => ({ family, level })),
    certificates: certificates
      .filter(({ engineerId }) => engineerId === engineer.id)
      .map(({ key, name, expiresOn }) => ({ key, name, expiresOn })),
    openTickets: loads.get(engineer.id) ?? 0,
  }))
}

export async function openTicketsByEngineer(db: DbOrTx): Promise<Map<string, number>> {
  const rows = await db
    .select({ engineerId: tickets.engineerId, count: sql<number>`count(*)::int` })
    .from(tickets)
    .where(isOpen)
    .groupBy(tickets.engineerId)
  return new Map(rows.flatMap(({ engineerId, count }) => (engineerId === null ? [] : [[engineerId, count] as const])))
}
