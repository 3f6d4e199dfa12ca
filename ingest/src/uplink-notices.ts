import { logTrouble } from '@fettle/db/away'
import type { Database } from '@fettle/db/client'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { delay, retry } from '@fettle/platform/retry'

/** What triggers of the database announce; see migration `uplink_notices`. */
export const uplinkChannel = 'fettle_uplink'
export type UplinkNotice = 'catalogue' | 'credentials' | 'replay'
const notices: readonly UplinkNotice[] = ['catalogue', 'credentials', 'replay']

export interface UplinkNoticesOptions {
  pool: Database['pool']
  logger: Logger
  /** Something changed, or may have: after a lost connection, and now and then, all three are told. */
  onNotice(notice: UplinkNotice): void
  /** Default 60 s. */
  sweepMs?: number
}

/** Listens on one connection of the pool, for as long as the service runs. */
export function createUplinkNotices({ pool, logger, onNotice, sweepMs = 60_000 }: UplinkNoticesOptions): Service {
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  async function listen(signal: AbortSignal): Promise<void> {
    const client = await pool.connect()
    try {
      const lost = new Promise<never>((_, reject) => {
        client.once('error', reject)
        client.once('end', () => reject(new Error('the connection ended')))
      })
      lost.catch(() => {}) // it may be lost before somebody waits for it
      client.on('notification', ({ payload }) => {
        const notice = notices.find((each) => each === payload)
        if (notice) onNotice(notice)
      })
      await client.query(`listen ${uplinkChannel}`)
      for (;;) {
        // What happened before this moment was announced to nobody.
        for (const notice of notices) onNotice(notice)
        await Promise.race([delay(sweepMs, signal), lost])
      }
    } finally {
      client.release(true)
    }
  }

  return {
    name: 'uplink notices',
    async start() {
      const { signal } = stopping
      running = retry(() => listen(signal), {
        signal,
        maxMs: 5_000,
        onRetry: ({ error }) => logTrouble(logger, error, 'lost the connection that tells of changes; trying again'),
      }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
