import type { Suggestion } from '@fettle/contracts/engineers'
import type { FailureMode } from '@fettle/contracts/failure-modes'
import type { DbOrTx } from '@fettle/db/client'
import { assets, failureModes, models } from '@fettle/db/schema/assets'
import {
  branches,
  customers,
  engineerAbsences,
  engineerCertificates,
  engineers,
  engineerSkills,
  sites,
} from '@fettle/db/schema/organisation'
import { parts, stockBalances, stockLocations } from '@fettle/db/schema/parts'
import { visits } from '@fettle/db/schema/tickets'
import type { Candidate, DispatchJob } from '@fettle/domain/dispatch/job'
import { suggest } from '@fettle/domain/dispatch/suggest'
import { and, eq, gte, inArray } from 'drizzle-orm'
import { plain } from '../money/queries.ts'
import type { TicketRow } from '../tickets/ticket-rows.ts'
import type { Actor } from '../policy/actor.ts'
import { engineerScope, openTicketsByEngineer } from './queries.ts'

/** Every engineer whom this actor may see, with the reasons for and against giving him this ticket, best first. */
export async function suggestionsFor(db: DbOrTx, actor: Actor, ticket: TicketRow, now: Date): Promise<Suggestion[]> {
  const [job, candidates] = [await jobOf(db, ticket), await candidatesFor(db, actor, now)]
  return suggest(job, candidates, now)
}

async function jobOf(db: DbOrTx, ticket: TicketRow): Promise<DispatchJob> {
  const [row] = await db
    .select({ site: sites, tier: customers.tier, branch: branches, family: models.family, mode: failureModes })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .innerJoin(sites, eq(sites.id, assets.siteId))
    .innerJoin(customers, eq(customers.id, assets.customerId))
    .leftJoin(branches, eq(branches.id, customers.branchId))
    .leftJoin(
      failureModes,
      ticket.failureModeId ? eq(failureModes.id, ticket.failureModeId) : eq(failureModes.id, assets.id),
    )
    .where(eq(assets.id, ticket.assetId))
  if (!row) throw new Error(`ticket ${ticket.id} points at an asset that is not there`)
  return {
    position: { latitude: row.site.latitude, longitude: row.site.longitude },
    regionCode: row.site.regionCode,
    branch: row.branch && { id: row.branch.id, name: row.branch.name },
    tier: row.tier,
    family: row.family,
    skillLevel: row.mode?.skillLevel ?? 1,
    certificates: row.mode?.certificates ?? [],
    parts: await neededParts(db, row.mode?.parts ?? []),
    arriveDueAt: ticket.arriveDueAt,
  }
}

async function neededParts(db: DbOrTx, needs: FailureMode['parts']): Promise<DispatchJob['parts']> {
  if (needs.length === 0) return []
  const rows = await db
    .select({ code: parts.code, name: parts.name })
    .from(parts)
    .where(
      inArray(
        parts.code,
        needs.map(({ partCode }) => partCode),
      ),
    )
  const names = new Map(rows.map(({ code, name }) => [code, name]))
  return needs.map((need) => ({
    ...need,
    partName: names.get(need.partCode) ?? { zh: need.partCode, en: need.partCode },
  }))
}

async function candidatesFor(db: DbOrTx, actor: Actor, now: Date): Promise<Candidate[]> {
  const rows = await db
    .select({ engineer: engineers, branch: branches })
    .from(engineers)
    .leftJoin(branches, eq(branches.id, engineers.branchId))
    .where(engineerScope(actor))
  const skills = await db.select().from(engineerSkills)
  const certificates = await db.select().from(engineerCertificates)
  const absences = await db.select().from(engineerAbsences)
  const loads = await openTicketsByEngineer(db)
  const running = await db
    .select({ engineerId: visits.engineerId, plannedEnd: visits.plannedEnd })
    .from(visits)
    .where(and(inArray(visits.state, ['travelling', 'on-site']), gte(visits.plannedEnd, now)))
  const vans = await db
    .select({ engineerId: stockLocations.engineerId, code: parts.code, quantity: stockBalances.quantity })
    .from(stockBalances)
    .innerJoin(stockLocations, and(eq(stockLocations.id, stockBalances.locationId), eq(stockLocations.kind, 'van')))
    .innerJoin(parts, eq(parts.id, stockBalances.partId))
  return rows.map(({ engineer, branch }) => {
    const own = <T extends { engineerId: string | null }>(all: readonly T[]) =>
      all.filter(({ engineerId }) => engineerId === engineer.id)
    return {
      engineerId: engineer.id,
      name: engineer.name,
      level: engineer.level,
      base: { latitude: engineer.latitude, longitude: engineer.longitude },
      regionCode: engineer.regionCode,
      branch: branch && { id: branch.id, name: branch.name },
      skills: own(skills),
      certificates: own(certificates),
      workdays: engineer.workdays,
      dayStart: engineer.dayStart,
      dayEnd: engineer.dayEnd,
      absences: own(absences),
      openTickets: loads.get(engineer.id) ?? 0,
      busyUntil: latest(own(running).map(({ plannedEnd }) => plannedEnd)),
      carried: Object.fromEntries(own(vans).map(({ code, quantity }) => [code, plain(quantity)])),
    }
  })
}

function latest(dates: readonly Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.max(...dates.map((date) => date.getTime())))
}
