import type { Static } from 'typebox'
import type { AssetFile, AssetSummary, listAssets, SignalWithLatest } from '@fettle/contracts/assets'
import type { LatestValue } from '@fettle/contracts/telemetry'
import type { DbOrTx } from '@fettle/db/client'
import { assets, failureModes, models, signals } from '@fettle/db/schema/assets'
import { customers, sites } from '@fettle/db/schema/organisation'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { tickets } from '@fettle/db/schema/tickets'
import { healthOf } from '@fettle/domain/assets/health'
import { assetState, type AssetSigns } from '@fettle/domain/assets/state'
import { DomainError } from '@fettle/domain/domain-error'
import type { Clock } from '@fettle/platform/clock'
import { grouped } from '@fettle/platform/grouped'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { type SQL, and, asc, eq, not, inArray, sql } from 'drizzle-orm'
import { containing } from '../lists/containing.ts'
import { countRows } from '../lists/count.ts'
import { page } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { assetScope } from '../policy/scope.ts'
import { isOpen } from '../tickets/ticket-rows.ts'
import { coverageOf } from '../money/entitlement.ts'
import { bindingsOf, installedPartsOf } from './file-parts.ts'
import { heldSince } from './held-since.ts'

type Filters = Static<typeof listAssets.schema.querystring>
interface Reads {
  /** Without histories nobody knows how long a machine has been running; a transaction goes without. */
  readonly telemetry: Pick<TelemetryStore, 'latest'> & Partial<Pick<TelemetryStore, 'history'>>
  readonly clock: Clock
}

/** Machines report at least every few seconds; after this long without a reading one is offline. */
const offlineAfterMs = 60_000

export async function assetList(db: DbOrTx, reads: Reads, actor: Actor, query: Filters) {
  const list = page({
    query,
    columns: { key: { column: assets.key, cast: 'text' }, name: { column: assets.name, cast: 'text' } },
    fallback: 'key',
    id: { column: assets.id, cast: 'uuid' },
  })
  const where = and(assetScope(actor), filtersOf(query), list.after)
  const rows = await readAssets(
    db,
    reads,
    where,
    list.orderBy,
    query.state === undefined ? list.fetch : 1_000,
    list.mark,
  )
  // The state comes from live readings, so a filter on it is applied after them.
  const cut = query.state === undefined ? list.cut(rows) : { rows, nextCursor: null }
  const items = await summaries(db, reads, cut.rows)
  return {
    items: query.state === undefined ? items : items.filter(({ state }) => state === query.state),
    nextCursor: cut.nextCursor,
  }
}

/** How many there are, whatever their state, counted up to `most`. */
export function assetCount(
  db: DbOrTx,
  reads: Pick<Reads, 'clock'>,
  actor: Actor,
  query: Filters,
  most: number,
): Promise<number> {
  return countRows(db, readAssets(db, reads, and(assetScope(actor), filtersOf(query)), sql`${assets.id}`, most))
}

/** What a machine that nobody connected has not: then its file is all that is known of it, and it has no state. */
const isConnected = sql`exists (select 1 from ${signals} where ${signals.assetId} = ${assets.id})`

/** Every visible machine that is connected, for the first page. */
export async function fleet(db: DbOrTx, reads: Reads, actor: Actor, limit: number): Promise<AssetSummary[]> {
  const where = and(assetScope(actor), isConnected)
  return summaries(db, reads, await readAssets(db, reads, where, sql`${assets.key}`, limit))
}

export async function visibleAsset(db: DbOrTx, reads: Reads, actor: Actor, assetId: string): Promise<AssetSummary> {
  const [asset] = await summaries(db, reads, [await visibleRow(db, reads, actor, assetId)])
  if (!asset) throw new DomainError('resource/not-found', 'there is no such asset', { assetId })
  return asset
}

/** The machine of a ticket that is visible: an engineer who helps out in another region sees it too. */
export async function assetOfTicket(db: DbOrTx, reads: Reads, ticket: { assetId: string }): Promise<AssetSummary> {
  const { assetId } = ticket
  const [asset] = await summaries(db, reads, await readAssets(db, reads, eq(assets.id, assetId), sql`${assets.id}`, 1))
  if (!asset) throw new DomainError('resource/not-found', 'there is no such asset', { assetId })
  return asset
}

export async function assetFile(db: DbOrTx, reads: Reads, actor: Actor, assetId: string): Promise<AssetFile> {
  const row = await visibleRow(db, reads, actor, assetId)
  const [summary] = await summaries(db, reads, [row])
  if (!summary) throw new DomainError('resource/not-found', 'there is no such asset', { assetId })
  const signalRows = await signalsOf(db, [assetId])
  const latest = await latestBySignal(reads, signalRows)
  const terms = await coverageOf(db, row.asset, new Date(reads.clock.now()))
  return {
    ...summary,
    version: row.asset.version,
    manufacturer: row.manufacturer,
    installedOn: row.asset.installedOn,
    warrantyUntil: row.asset.warrantyUntil,
    coverage: terms.coverage,
    contractEndsOn: terms.endsOn,
    runStateKey: row.runStateSignal,
    specification: [...row.modelSpecification, ...row.asset.specification],
    signals: signalRows.map((signal) => presentSignal(signal, latest)),
    bindings: await bindingsOf(db, assetId),
    parts: await installedPartsOf(db, assetId),
  }
}

/** The values that a file was made with, for a transaction that makes it again: it must not ask the store. */
export function valuesOf({ signals: shown }: AssetFile): Reads['telemetry'] {
  const values = shown.flatMap(({ id, latest }) => (latest ? [{ signalId: id, ...latest }] : []))
  return { latest: async () => values }
}

async function visibleRow(db: DbOrTx, reads: Reads, actor: Actor, assetId: string) {
  const [row] = await readAssets(db, reads, and(assetScope(actor), eq(assets.id, assetId)), sql`${assets.id}`, 1)
  if (!row) throw new DomainError('resource/not-found', 'there is no such asset', { assetId })
  return row
}

function filtersOf({ customerId, modelKey, key, q, connected }: Filters) {
  return and(
    customerId ? eq(assets.customerId, customerId) : undefined,
    modelKey ? eq(models.key, modelKey) : undefined,
    key ? eq(assets.key, key) : undefined,
    connected === undefined ? undefined : connected ? isConnected : not(isConnected),
    containing(q, [assets.key, assets.name, assets.serial, customers.name]),
  )
}

/** Since when the machine is in a planned window, epoch ms; null when it is in none. */
const plannedSince = (nowMs: number) => sql<number | null>`(
  select min(from_ms)::float8 from maintenance_windows
  where asset_id = ${assets.id} and cancelled_at is null and from_ms <= ${nowMs} and to_ms > ${nowMs})`

function readAssets(
  db: DbOrTx,
  { clock }: Pick<Reads, 'clock'>,
  where: SQL | undefined,
  orderBy: SQL,
  limit: number,
  mark?: SQL<string>,
) {
  return db
    .select({
      asset: assets,
      modelKey: models.key,
      modelName: models.name,
      modelFamily: models.family,
      manufacturer: models.manufacturer,
      modelSpecification: models.specification,
      runStateSignal: models.runStateSignal,
      plannedSince: plannedSince(clock.now()),
      customerName: customers.name,
      siteName: sites.name,
      regionCode: sites.regionCode,
      mark: mark ?? sql<string>`''`,
    })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .innerJoin(sites, eq(sites.id, assets.siteId))
    .innerJoin(customers, eq(customers.id, assets.customerId))
    .where(where)
    .orderBy(orderBy)
    .limit(limit)
}
type AssetRow = Awaited<ReturnType<typeof readAssets>>[number]

/** Adds what changes by the second: latest values, state, health, open alarms and tickets. */
async function summaries(db: DbOrTx, reads: Reads, rows: readonly AssetRow[]): Promise<AssetSummary[]> {
  const ids = rows.map(({ asset }) => asset.id)
  if (ids.length === 0) return []
  const signalRows = await signalsOf(db, ids)
  const latest = await latestBySignal(reads, signalRows)
  const alarms = await db
    .select({
      assetId: alarmEpisodes.assetId,
      level: alarmEpisodes.level,
      signalName: signals.name,
      failureModeName: failureModes.name,
    })
    .from(alarmEpisodes)
    .innerJoin(signals, eq(signals.id, alarmEpisodes.signalId))
    .innerJoin(failureModes, eq(failureModes.id, alarmEpisodes.failureModeId))
    .where(and(inArray(alarmEpisodes.assetId, ids), sql`${alarmEpisodes.clearedMs} is null`))
  const openCounts = await db
    .select({ assetId: tickets.assetId, count: sql<number>`count(*)::int` })
    .from(tickets)
    .where(and(inArray(tickets.assetId, ids), isOpen))
    .groupBy(tickets.assetId)
  const openTickets = new Map(openCounts.map(({ assetId, count }) => [assetId, count]))
  const signalsByAsset = grouped(signalRows, ({ assetId }) => assetId)
  const alarmsByAsset = grouped(alarms, ({ assetId }) => assetId)
  const nowMs = reads.clock.now()
  const held = await heldStates(reads, rows, signalRows, latest)
  return rows.map((row) => {
    const own = (signalsByAsset.get(row.asset.id) ?? []).map((signal) => ({
      signal,
      shown: presentSignal(signal, latest),
    }))
    const ownAlarms = alarmsByAsset.get(row.asset.id) ?? []
    const signalsShown = own.map(({ shown }) => shown)
    const runState = signalsShown.find(({ key }) => key === row.runStateSignal)?.latest
    const lastReadingAtMs = Math.max(-1, ...signalsShown.map((signal) => signal.latest?.at ?? -1))
    const facts = {
      mode: row.plannedSince === null ? row.asset.mode : 'maintenance',
      runState: runState?.value ?? null,
      lastReadingAtMs: lastReadingAtMs < 0 ? null : lastReadingAtMs,
      nowMs,
      offlineAfterMs,
    }
    const state = assetState(facts)
    return {
      id: row.asset.id,
      key: row.asset.key,
      serial: row.asset.serial,
      name: row.asset.name,
      modelKey: row.modelKey,
      modelName: row.modelName,
      modelFamily: row.modelFamily,
      customerId: row.asset.customerId,
      customerName: row.customerName,
      siteId: row.asset.siteId,
      siteName: row.siteName,
      regionCode: row.regionCode,
      mode: row.asset.mode,
      state,
      stateSince: stateSince(row, facts, held),
      health: healthOf({ state, signals: signalsShown, activeAlarms: ownAlarms, nowMs, freshMs: offlineAfterMs }),
      openAlarms: ownAlarms.length,
      openTickets: openTickets.get(row.asset.id) ?? 0,
      headline: own
        .filter(({ signal }) => signal.headline !== null)
        .toSorted((a, b) => (a.signal.headline ?? 0) - (b.signal.headline ?? 0))
        .map(({ shown }) => shown),
    }
  })
}

/** Maintenance has its own beginning; silence began with the last reading; otherwise the machine's own signal tells. */
function stateSince(
  row: AssetRow,
  { lastReadingAtMs, nowMs }: Pick<AssetSigns, 'lastReadingAtMs' | 'nowMs'>,
  held: ReadonlyMap<string, number | null>,
): string | null {
  if (row.asset.mode === 'maintenance') return row.asset.modeSince.toISOString()
  if (row.plannedSince !== null) return new Date(row.plannedSince).toISOString()
  const isSilent = lastReadingAtMs !== null && nowMs - lastReadingAtMs > offlineAfterMs
  const sinceMs = isSilent ? lastReadingAtMs : (held.get(row.asset.id) ?? null)
  return sinceMs === null ? null : new Date(sinceMs).toISOString()
}

/** By machine, since when its run-state signal has said what it says; epoch ms. */
async function heldStates(
  { telemetry }: Reads,
  rows: readonly AssetRow[],
  signalRows: readonly SignalRow[],
  latest: ReadonlyMap<string, LatestValue>,
): Promise<Map<string, number | null>> {
  if (!hasHistory(telemetry)) return new Map()
  const keys = new Map(rows.map(({ asset, runStateSignal }) => [asset.id, runStateSignal]))
  const told = signalRows.flatMap(({ id, assetId, key }) => {
    const value = key === keys.get(assetId) ? latest.get(id) : undefined
    return value ? [{ assetId, value }] : []
  })
  return new Map(
    await Promise.all(told.map(async ({ assetId, value }) => [assetId, await heldSince(telemetry, value)] as const)),
  )
}

function hasHistory(telemetry: Reads['telemetry']): telemetry is Pick<TelemetryStore, 'latest' | 'history'> {
  return telemetry.history !== undefined
}

type SignalRow = typeof signals.$inferSelect

async function signalsOf(db: DbOrTx, assetIds: readonly string[]): Promise<SignalRow[]> {
  return db
    .select()
    .from(signals)
    .where(inArray(signals.assetId, [...assetIds]))
    .orderBy(asc(signals.series))
}

async function latestBySignal({ telemetry }: Reads, rows: readonly SignalRow[]): Promise<Map<string, LatestValue>> {
  const latest = await telemetry.latest(rows.map(({ id }) => id))
  return new Map(latest.map((value) => [value.signalId, value]))
}

function presentSignal(signal: SignalRow, latest: ReadonlyMap<string, LatestValue>): SignalWithLatest {
  const newest = latest.get(signal.id)
  const { id, key, name, unit, decimals, limits, normal } = signal
  return {
    id,
    key,
    name,
    unit,
    decimals,
    limits,
    normal: normal && [normal[0], normal[1]],
    latest: newest ? valueOf(newest) : null,
  }
}

function valueOf({ signalId: _, ...value }: LatestValue): SignalWithLatest['latest'] {
  return value
}
