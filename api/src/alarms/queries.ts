import type { Static } from 'typebox'
import type { Alarm, listAlarms } from '@fettle/contracts/alarms'
import type { DbOrTx } from '@fettle/db/client'
import { assets, failureModes, signals } from '@fettle/db/schema/assets'
import { customers } from '@fettle/db/schema/organisation'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { tickets } from '@fettle/db/schema/tickets'
import { DomainError } from '@fettle/domain/domain-error'
import { type SQL, and, desc, eq, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { countRows } from '../lists/count.ts'
import { page } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { onVisibleAsset } from '../policy/scope.ts'

type Filters = Static<typeof listAlarms.schema.querystring>

export async function alarmList(db: DbOrTx, actor: Actor, query: Filters) {
  const list = page({
    query,
    columns: { raisedAt: { column: alarmEpisodes.raisedMs, cast: 'bigint' } },
    fallback: '-raisedAt',
    id: { column: alarmEpisodes.id, cast: 'uuid' },
  })
  const where = and(onVisibleAsset(actor, alarmEpisodes.assetId), filtersOf(query), list.after)
  const cut = list.cut(await readAlarms(db, where, list.orderBy, list.fetch, list.mark))
  return { items: cut.rows.map(alarmOf), nextCursor: cut.nextCursor }
}

/** How many there are, counted up to `most`. */
export function alarmCount(db: DbOrTx, actor: Actor, query: Filters, most: number): Promise<number> {
  const where = and(onVisibleAsset(actor, alarmEpisodes.assetId), filtersOf(query))
  return countRows(db, readAlarms(db, where, sql`${alarmEpisodes.id}`, most))
}

export async function activeAlarms(db: DbOrTx, actor: Actor, limit: number): Promise<Alarm[]> {
  const where = and(onVisibleAsset(actor, alarmEpisodes.assetId), isActive)
  return (await readAlarms(db, where, desc(alarmEpisodes.raisedMs), limit)).map(alarmOf)
}

export async function alarmsOfTicket(db: DbOrTx, ticketId: string): Promise<Alarm[]> {
  const rows = await readAlarms(db, eq(alarmEpisodes.ticketId, ticketId), desc(alarmEpisodes.raisedMs), 50)
  return rows.map(alarmOf)
}

export async function visibleAlarm(db: DbOrTx, actor: Actor, alarmId: string): Promise<Alarm> {
  const where = and(onVisibleAsset(actor, alarmEpisodes.assetId), eq(alarmEpisodes.id, alarmId))
  const [row] = await readAlarms(db, where, desc(alarmEpisodes.raisedMs), 1)
  if (!row) throw new DomainError('resource/not-found', 'there is no such alarm', { alarmId })
  return alarmOf(row)
}

const isActive = sql`${alarmEpisodes.clearedMs} is null`

function filtersOf({ active, acknowledged, assetId, q }: Filters) {
  return and(
    active === undefined ? undefined : active ? isActive : sql`not (${isActive})`,
    acknowledged === undefined ? undefined : sql`(${alarmEpisodes.acknowledgedAt} is not null) = ${acknowledged}`,
    assetId ? eq(alarmEpisodes.assetId, assetId) : undefined,
    containing(q, [assets.key, assets.name, customers.name, signals.name, failureModes.name]),
  )
}

function readAlarms(db: DbOrTx, where: SQL | undefined, orderBy: SQL, limit: number, mark?: SQL<string>) {
  return db
    .select({
      episode: alarmEpisodes,
      assetKey: assets.key,
      assetName: assets.name,
      customerName: customers.name,
      signalKey: signals.key,
      signalName: signals.name,
      unit: signals.unit,
      decimals: signals.decimals,
      failureModeKey: failureModes.key,
      failureModeName: failureModes.name,
      ticketNumber: tickets.number,
      mark: mark ?? sql<string>`''`,
    })
    .from(alarmEpisodes)
    .innerJoin(assets, eq(assets.id, alarmEpisodes.assetId))
    .innerJoin(customers, eq(customers.id, assets.customerId))
    .innerJoin(signals, eq(signals.id, alarmEpisodes.signalId))
    .innerJoin(failureModes, eq(failureModes.id, alarmEpisodes.failureModeId))
    .leftJoin(tickets, eq(tickets.id, alarmEpisodes.ticketId))
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
}

function alarmOf({ episode, mark: _, ...names }: Awaited<ReturnType<typeof readAlarms>>[number]): Alarm {
  const { raisedMs, clearedMs, failureModeId: __, recordedAt: ___, acknowledgedAt, ...facts } = episode
  return {
    ...facts,
    ...names,
    raisedAt: new Date(raisedMs).toISOString(),
    clearedAt: clearedMs === null ? null : new Date(clearedMs).toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  }
}
