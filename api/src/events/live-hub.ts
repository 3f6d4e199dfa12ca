import { EVENTS_CHANNEL, FactNotice, type LiveEvent } from '@fettle/contracts/events'
import type { LatestValue } from '@fettle/contracts/telemetry'
import { assets } from '@fettle/db/schema/assets'
import { customers, sites } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import { delay } from '@fettle/platform/retry'
import type { LatestOfAsset } from '@fettle/telemetry/store'
import { and, eq, type SQL } from 'drizzle-orm'
import { Value } from 'typebox/value'
import type { Dependencies } from '../dependencies.ts'
import type { Actor } from '../policy/actor.ts'
import { assetScope, ticketScope } from '../policy/scope.ts'

const valuesEveryMs = 1_000
/** What an actor may see is asked again this often: tickets get assigned, machines get added. */
const visibleForMs = 15_000

export interface Listener {
  readonly actor: Actor
  /** Only this machine; everything visible otherwise. */
  readonly assetId: string | null
  send(event: LiveEvent): void
}

export interface LiveHub extends Service {
  /** Adds a listener; call the answer to remove it. */
  listen(listener: Listener): () => void
}

interface Seat {
  readonly listener: Listener
  visible: ReadonlySet<string>
  askedAtMs: number
}

/**
 * Turns what transactions announce (`pg_notify`) and what the telemetry store has newly got into live events, each listener
 * getting only what the policy lets it see. Values are looked for while anyone listens.
 */
export function createLiveHub(deps: Omit<Dependencies, 'webRoot' | 'moreMetrics'>): LiveHub {
  const { database, telemetry, clock, logger } = deps
  const seats = new Set<Seat>()
  const stopping = new AbortController()
  let loops: Promise<unknown> = Promise.resolve()

  async function visibleAssets(seat: Seat): Promise<ReadonlySet<string>> {
    if (clock.now() - seat.askedAtMs > visibleForMs) {
      const rows = await database.db
        .select({ id: assets.id })
        .from(assets)
        .innerJoin(sites, eq(sites.id, assets.siteId))
        .innerJoin(customers, eq(customers.id, assets.customerId))
        .where(assetScope(seat.listener.actor))
      seat.visible = new Set(rows.map(({ id }) => id))
      seat.askedAtMs = clock.now()
    }
    return seat.visible
  }

  async function wants(seat: Seat, assetId: string): Promise<boolean> {
    if (seat.listener.assetId !== null && seat.listener.assetId !== assetId) return false
    return (await visibleAssets(seat)).has(assetId)
  }

  /** A ticket may be visible where its machine is not: an engineer helps out in another region. */
  async function sees(seat: Seat, notice: FactNotice): Promise<boolean> {
    if (await wants(seat, notice.assetId)) return true
    if (notice.kind !== 'ticket' || seat.listener.assetId !== null) return false
    const where: SQL | undefined = and(eq(tickets.id, notice.ticketId), ticketScope(seat.listener.actor))
    return (await database.db.select({ id: tickets.id }).from(tickets).where(where)).length > 0
  }

  async function tell(notice: FactNotice): Promise<void> {
    for (const seat of seats) if (await sees(seat, notice)) seat.listener.send(notice)
  }

  async function spread(values: readonly LatestOfAsset[]): Promise<void> {
    const byAsset = groupByAsset(values)
    for (const seat of seats) {
      for (const [assetId, own] of byAsset) {
        if (await wants(seat, assetId)) {
          seat.listener.send({ kind: 'values', assetId, values: own })
        }
      }
    }
  }

  async function followValues(signal: AbortSignal): Promise<void> {
    let cursor: string | null = null
    for await (const _ of every(valuesEveryMs, signal)) {
      if (seats.size === 0) {
        cursor = null
        continue
      }
      try {
        const changes = await telemetry.latestSince(cursor)
        cursor = changes.cursor
        await spread(changes.values)
      } catch (error) {
        logger.debug({ err: error }, 'live values are late')
      }
    }
  }

  async function followFacts(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await listenOnce(signal)
      } catch (error) {
        logger.debug({ err: error }, 'lost the line of announcements; taking it up again')
        await delay(1_000, signal).catch(() => undefined)
      }
    }
  }

  /** Holds one connection on LISTEN until it breaks or the hub stops. */
  async function listenOnce(signal: AbortSignal): Promise<void> {
    const client = await database.pool.connect()
    try {
      const ended = new Promise<void>((resolve, reject) => {
        client.on('error', reject)
        client.on('end', () => reject(new Error('the connection ended')))
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      // Whoever fails first ends the line; the other must not become an unhandled rejection.
      ended.catch(() => undefined)
      client.on('notification', ({ payload }) => {
        const notice = parseNotice(payload)
        if (notice) void tell(notice).catch((error: unknown) => logger.debug({ err: error }, 'could not tell a notice'))
      })
      await client.query(`listen ${EVENTS_CHANNEL}`)
      await ended
    } finally {
      client.release(true)
    }
  }

  return {
    name: 'live',
    async start() {
      loops = Promise.all([followValues(stopping.signal), followFacts(stopping.signal)])
    },
    async stop() {
      stopping.abort()
      await loops
    },
    listen(listener) {
      const seat: Seat = { listener, visible: new Set(), askedAtMs: Number.NEGATIVE_INFINITY }
      seats.add(seat)
      return () => seats.delete(seat)
    },
  }
}

function groupByAsset(values: readonly LatestOfAsset[]): Map<string, LatestValue[]> {
  const groups = new Map<string, LatestValue[]>()
  for (const { assetId, ...value } of values) groups.set(assetId, [...(groups.get(assetId) ?? []), value])
  return groups
}

function parseNotice(payload: string | undefined): FactNotice | undefined {
  try {
    const notice: unknown = JSON.parse(payload ?? '')
    return Value.Check(FactNotice, notice) ? notice : undefined
  } catch {
    return undefined
  }
}
