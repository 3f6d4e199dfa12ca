import type { Db } from '@fettle/db/client'
import { gateways } from '@fettle/db/schema/devices'
import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { eq } from 'drizzle-orm'
import { createClockOffset } from './clock-offset.ts'

export interface GatewayPresenceOptions {
  db: Db
  clock: Clock
  logger: Logger
  /** How often what is known is written; default 1 s. */
  flushMs?: number
  /** A gateway that only uploads is noted this often; default 10 s. */
  restMs?: number
}

export interface GatewayPresence extends Service {
  /** It sent something. */
  seen(gatewayKey: string): void
  /** It reported on itself; the last report counts. How far its clock is off is kept with it, as `clockOffsetMs`. */
  reported(gatewayKey: string, status: object): void
}

interface News {
  atMs: number
  status?: object
}

/** Keeps `gateways.last_seen_at` and `status`. News of a moment ago: while the database is away only the last is kept. */
export function createGatewayPresence(options: GatewayPresenceOptions): GatewayPresence {
  const { db, clock, logger, flushMs = 1_000, restMs = 10_000 } = options
  const news = new Map<string, News>()
  const writtenAtMs = new Map<string, number>()
  const offsets = new Map<string, ReturnType<typeof createClockOffset>>()
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  async function flush(): Promise<void> {
    for (const [key, { atMs, status }] of news) {
      news.delete(key)
      try {
        await db
          .update(gateways)
          .set({ lastSeenAt: new Date(atMs), ...(status && { status }) })
          .where(eq(gateways.key, key))
        writtenAtMs.set(key, atMs)
      } catch (error) {
        if (!news.has(key)) news.set(key, { atMs, ...(status && { status }) })
        logger.debug({ err: error }, 'cannot note which gateways are there')
        return
      }
    }
  }

  function offsetOf(gatewayKey: string, status: object, atMs: number): number | null {
    if (!('clockMs' in status) || typeof status.clockMs !== 'number') return null
    const offset = offsets.get(gatewayKey) ?? createClockOffset()
    offsets.set(gatewayKey, offset)
    return offset(status.clockMs, atMs)
  }

  return {
    name: 'gateway presence',
    seen(gatewayKey) {
      const atMs = clock.now()
      const known = news.get(gatewayKey)
      if (known) known.atMs = atMs
      else if (atMs - (writtenAtMs.get(gatewayKey) ?? -Infinity) >= restMs) news.set(gatewayKey, { atMs })
    },
    reported(gatewayKey, status) {
      const atMs = clock.now()
      news.set(gatewayKey, { atMs, status: { ...status, clockOffsetMs: offsetOf(gatewayKey, status, atMs) } })
    },
    async start() {
      running = (async () => {
        for await (const _ of every(flushMs, stopping.signal)) await flush()
      })()
    },
    async stop() {
      stopping.abort()
      await running
      await flush()
    },
  }
}
