import { EVENTS_CHANNEL, FactNotice } from '@fettle/contracts/events'
import type { Database } from '@fettle/db/client'
import type { Logger } from '@fettle/platform/logging'
import { retry } from '@fettle/platform/retry'
import { Value } from 'typebox/value'

export interface AnnouncementsOptions {
  readonly pool: Database['pool']
  readonly logger: Logger
  readonly signal: AbortSignal
  onNotice(notice: FactNotice): void
  /** The line stands, perhaps again: what was announced before nobody has heard. */
  onListening(): void
}

/** Hears what transactions announce (`pg_notify`) on one connection of the pool, until `signal` aborts. */
export async function followAnnouncements(options: AnnouncementsOptions): Promise<void> {
  const { logger, signal } = options
  const onRetry = ({ error }: { error: unknown }) =>
    logger.debug({ err: error }, 'lost the line of announcements; taking it up again')
  await retry(() => listen(options), { signal, maxMs: 5_000, onRetry }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

/** Holds the connection until it breaks, which rejects, or until `signal` aborts. */
async function listen({ pool, signal, onNotice, onListening }: AnnouncementsOptions): Promise<void> {
  const client = await pool.connect()
  let stop = () => {}
  try {
    const ended = new Promise<void>((resolve, reject) => {
      client.once('error', reject)
      client.once('end', () => reject(new Error('the connection ended')))
      stop = () => resolve()
    })
    ended.catch(() => {}) // it may break before somebody waits for it
    signal.addEventListener('abort', stop, { once: true })
    client.on('notification', ({ payload }) => {
      const notice = parse(payload)
      if (notice) onNotice(notice)
    })
    await client.query(`listen ${EVENTS_CHANNEL}`)
    onListening()
    if (!signal.aborted) await ended
  } finally {
    signal.removeEventListener('abort', stop)
    client.release(true)
  }
}

function parse(payload: string | undefined): FactNotice | undefined {
  try {
    const notice: unknown = JSON.parse(payload ?? '')
    return Value.Check(FactNotice, notice) ? notice : undefined
  } catch {
    return undefined
  }
}
