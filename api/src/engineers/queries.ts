import type { Engineer } from '@fettle/contracts/engineers'
import type { DbOrTx } from '@fettle/db/client'
import { branches, engineerCertificates, engineers, engineerSkills } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { type SQL, asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'
import { everything } from '../policy/scope.ts'
import { isOpen } from '../tickets/ticket-rows.ts'

/** Branches see their own engineers; everyone else who may ask sees all. */
export function engineerScope(actor: Actor): SQL {
  return actor.branchId === null ? everything : eq(engineers.branchId, actor.branchId)
}

export async function engineerList(db: DbOrTx, actor: Actor): Promise<Engineer[]> {
  return readEngineers(db, engineerScope(actor))
}

async function readEngineers(db: DbOrTx, where: SQL): Promise<Engineer[]> {
  const rows = await db
    .select({ engineer: engineers, branchName: branches.name })
    .from(engineers)
    .leftJoin(branches, eq(branches.id, engineers.branchId))
    .where(where)
    .orderBy(asc(engineers.key))
  const skills = await db.select().from(engineerSkills).orderBy(asc(engineerSkills.family))
  const certificates = await db.select().from(engineerCertificates).orderBy(asc(engineerCertificates.key))
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
