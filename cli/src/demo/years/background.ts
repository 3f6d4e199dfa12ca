import type { Database } from '@fettle/db/client'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { seedYears } from './seed-years.ts'

export interface PastServiceOptions {
  readonly database: Pick<Database, 'pool'>
  /** How far back; 0 writes nothing. */
  readonly days: number
  /** It begins when this is over: one thing after the other. */
  readonly after: Promise<void>
  readonly logger: Logger
}

export interface PastService extends Service {
  /** Resolves when it is written, or could not be. */
  finished(): Promise<void>
}

/** Nobody waits for it: so much of the time it works, and the rest it leaves to whoever asks for a page. */
const share = 0.2
/** `fettle demo seed` continues what this began. */
const seed = 1

/** The last weeks of a service company in a demonstration, written while it runs; what was broken off is continued by the next. */
export function createPastService({ database, days, after, logger }: PastServiceOptions): PastService {
  const stopping = new AbortController()
  const { signal } = stopping
  let work: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    await Promise.race([after, stopped])
    if (signal.aborted) return
    const sinceMs = performance.now()
    logger.info({ days }, 'the last weeks of service are being written')
    const { complete, newTickets } = await seedYears({ database, seed, days, share, signal })
    const tookMs = Math.round(performance.now() - sinceMs)
    const message = complete
      ? 'the last weeks of service are written'
      : 'the last weeks of service were left to another process or the next start'
    logger.info({ days, newTickets, tookMs }, message)
  }

  return {
    name: 'past service',
    start() {
      if (days === 0) return Promise.resolve()
      work = write().catch((error: unknown) =>
        logger.warn({ err: error }, 'the last weeks of service could not be written; the next start goes on'),
      )
      return Promise.resolve()
    },
    finished: () => work,
    async stop() {
      stopping.abort()
      await work
    },
  }
}
