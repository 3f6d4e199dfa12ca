import type { Brief } from '@fettle/contracts/brief'
import type { LikelyFailure } from '@fettle/contracts/failure-modes'
import type { DbOrTx } from '@fettle/db/client'
import { sites } from '@fettle/db/schema/organisation'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { DomainError } from '@fettle/domain/domain-error'
import { desc, eq } from 'drizzle-orm'
import { alarmsOfTicket } from '../alarms/queries.ts'
import { assetOfTicket } from '../assets/queries.ts'
import { presentSite } from '../customers/queries.ts'
import type { Dependencies } from '../dependencies.ts'
import { partsForBrief } from '../parts/queries.ts'
import type { Actor } from '../policy/actor.ts'
import { trendsOf } from '../telemetry/trends.ts'
import { visitsOf } from '../visits/queries.ts'
import { evidenceOf, likelyFailures } from './evidence.ts'
import { pastRepairs } from './past-repairs.ts'
import { visibleTicket } from './queries.ts'
import { summaryOf } from './ticket-rows.ts'

const weekMs = 7 * 24 * 3_600_000
const trendsShown = 4

/** 出发前简报: everything that an engineer should know before leaving, of a ticket that they may see. */
export async function briefOf(deps: Dependencies, actor: Actor, ticketId: string): Promise<Brief> {
  const { db } = deps.database
  const nowMs = deps.clock.now()
  const row = await visibleTicket(db, actor, ticketId)
  const { ticket } = row
  const asset = await assetOfTicket(db, deps, ticket)
  const alarms = await alarmsOfTicket(db, ticketId)
  const likely = await likelyOf(db, ticketId)
  const keys = alarmedFirst(
    alarms.map(({ signalKey }) => signalKey),
    asset.headline.map(({ key }) => key),
  )
  const [site] = await db.select().from(sites).where(eq(sites.id, ticket.siteId))
  if (!site) throw new DomainError('resource/not-found', 'the site of this ticket is gone')
  const visits = await visitsOf(db, ticketId)
  return {
    ticket: summaryOf(row, new Date(nowMs)),
    asset,
    why: ticket.title,
    since: ticket.occurredAt.toISOString(),
    alarms,
    trends: await trendsOf(
      db,
      deps.telemetry,
      { assetId: ticket.assetId, fromMs: nowMs - weekMs, toMs: nowMs },
      keys.slice(0, trendsShown),
    ),
    repairs: await pastRepairs(db, ticket.assetId, new Date(nowMs), 3),
    likelyFailures: likely,
    parts: await partsForBrief(db, actor, likely, ticket.engineerId),
    site: presentSite(actor, site),
    visit: visits.findLast(({ state }) => state !== 'cancelled') ?? null,
  }
}

/** As the evidence had them; a ticket that a person opened has none. */
async function likelyOf(db: DbOrTx, ticketId: string): Promise<LikelyFailure[]> {
  const evidence = await evidenceOf(db, ticketId)
  const newest = evidence.at(-1)
  if (newest) return newest.likelyFailures
  const [episode] = await db
    .select()
    .from(alarmEpisodes)
    .where(eq(alarmEpisodes.ticketId, ticketId))
    .orderBy(desc(alarmEpisodes.raisedMs))
    .limit(1)
  return episode ? likelyFailures(db, episode, []) : []
}

function alarmedFirst(alarmed: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...alarmed, ...others])]
}
