import { ALIVE_EVERY_MS, type FactNotice, type LiveEvent } from '@fettle/contracts/events'
import { every } from '@fettle/platform/every'
import { grouped } from '@fettle/platform/grouped'
import type { Service } from '@fettle/platform/lifecycle'
import type { LatestOfAsset } from '@fettle/telemetry/store'
import type { Dependencies } from '../dependencies.ts'
import { followAnnouncements } from './announcements.ts'
import { createAudience, type Circle, type Listener } from './audience.ts'

export interface LiveHubOptions {
  /** How often changed values are looked for while anyone listens; default 1 s. */
  readonly valuesEveryMs?: number
  /** How soon a new machine, a changed account or an ended session takes effect; default 15 s. */
  readonly renewEveryMs?: number
  /** How often each listener hears that the stream is alive; default `ALIVE_EVERY_MS`. */
  readonly aliveEveryMs?: number
}

const alive = JSON.stringify({ kind: 'alive' } satisfies LiveEvent)

export interface LiveHub extends Service {
  /** Adds a listener; call the answer to remove it. */
  listen(listener: Listener): () => void
}

/**
 * Turns what transactions announce and what the telemetry store has newly got into live events, each listener getting only what
 * the policy lets it see. Who missed something, as nobody can tell what, is let go and asks again.
 */
export function createLiveHub(
  { database, telemetry, logger }: Pick<Dependencies, 'database' | 'telemetry' | 'logger'>,
  { valuesEveryMs = 1_000, renewEveryMs = 15_000, aliveEveryMs = ALIVE_EVERY_MS }: LiveHubOptions = {},
): LiveHub {
  const audience = createAudience(database.db)
  const stopping = new AbortController()
  const { signal } = stopping
  let loops: Promise<unknown> = Promise.resolve()

  async function tell(circle: Circle, notice: FactNotice): Promise<void> {
    const ofMachine = (await circle.visible).has(notice.assetId)
    const ofTicket = !ofMachine && notice.kind === 'ticket' && (await audience.seesTicket(circle, notice.ticketId))
    const event = JSON.stringify(notice satisfies LiveEvent)
    for (const { assetId, send } of circle.listeners) {
      if (assetId === null ? ofMachine || ofTicket : ofMachine && assetId === notice.assetId) send(event)
    }
  }

  async function show(circle: Circle, events: ReadonlyMap<string, string>): Promise<void> {
    const machines = await circle.visible
    for (const [assetId, event] of events) {
      if (!machines.has(assetId)) continue
      for (const listener of circle.listeners) if ((listener.assetId ?? assetId) === assetId) listener.send(event)
    }
  }

  /** What cannot be told ends the listeners instead: a screen must not go on showing what is no longer so. */
  async function orLetGo(circle: Circle, telling: Promise<void>): Promise<void> {
    await telling.catch((error: unknown) => {
      logger.debug({ err: error }, 'could not tell what happened')
      for (const listener of circle.listeners) listener.end()
    })
  }

  function onNotice(notice: FactNotice): void {
    for (const circle of audience.circles) void orLetGo(circle, tell(circle, notice))
  }

  async function followValues(): Promise<void> {
    let cursor: string | null = null
    for await (const _ of every(valuesEveryMs, signal)) {
      if (audience.isEmpty) {
        cursor = null
        continue
      }
      try {
        const changes = await telemetry.latestSince(cursor)
        cursor = changes.cursor
        const events = eventsByAsset(changes.values)
        for (const circle of audience.circles) await orLetGo(circle, show(circle, events))
      } catch (error) {
        logger.debug({ err: error }, 'live values are late')
      }
    }
  }

  async function keepCurrent(): Promise<void> {
    for await (const _ of every(renewEveryMs, signal)) {
      await audience.renew().catch((error: unknown) => logger.debug({ err: error }, 'could not look who may see what'))
    }
  }

  /** Keeps proxies from closing the line, and lets a browser notice one that is half dead. */
  async function sayAlive(): Promise<void> {
    for await (const _ of every(aliveEveryMs, signal)) {
      for (const { listeners } of audience.circles) for (const listener of listeners) listener.send(alive)
    }
  }

  return {
    name: 'live',
    async start() {
      const { pool } = database
      const announcements = followAnnouncements({ pool, logger, signal, onNotice, onListening: audience.dismiss })
      loops = Promise.all([announcements, followValues(), keepCurrent(), sayAlive()])
    },
    async stop() {
      stopping.abort()
      await loops
    },
    listen: audience.add,
  }
}

function eventsByAsset(latest: readonly LatestOfAsset[]): Map<string, string> {
  const events = [...grouped(latest, ({ assetId }) => assetId)].map(([assetId, own]) => {
    const event: LiveEvent = { kind: 'values', assetId, values: own.map(({ assetId: _, ...value }) => value) }
    return [assetId, JSON.stringify(event)] as const
  })
  return new Map(events)
}
