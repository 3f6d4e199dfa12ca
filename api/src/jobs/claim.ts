import { logTrouble } from '@fettle/db/away'
import type { Database } from '@fettle/db/client'
import type { Logger } from '@fettle/platform/logging'
import { delay, retry } from '@fettle/platform/retry'

export interface ClaimOptions {
  readonly pool: Database['pool']
  /** Of graphile-worker's worker pool: what `locked_by` of its jobs says. */
  readonly workerPoolId: string
  readonly logger: Logger
  /** Gives the claim up. */
  readonly signal: AbortSignal
  /** How often jobs of the dead are looked for; default 5 s. */
  readonly sweepMs?: number
}

/** First argument of the advisory locks, so that they meet no others. */
const lockSpace = 0x6a6f6273

/** A pool whose lock can be had is dead: its process or its connection ended, and with it the lock. */
const unlockDead = `
  with dead as (
    select locked_by from (select distinct locked_by from graphile_worker.jobs where locked_by <> $1) as other
    where pg_try_advisory_xact_lock(${lockSpace}, hashtext(locked_by))
  )
  select graphile_worker.force_unlock_workers(array_agg(locked_by)), array_agg(locked_by) as dead
  from dead having count(*) > 0`

/**
 * Says that a worker pool is alive, by an advisory lock that PostgreSQL takes away when its process dies, and gives jobs back
 * that pools left behind which are not: graphile-worker itself would let them wait for four hours. Should two pools run a job
 * at the same time, as after a moment without database, that does no harm, because every job has its effect once.
 */
export async function holdClaim({ pool, workerPoolId, logger, signal, sweepMs = 5_000 }: ClaimOptions): Promise<void> {
  async function holdWhileConnected(): Promise<never> {
    const client = await pool.connect()
    try {
      await client.query(`select pg_advisory_lock(${lockSpace}, hashtext($1))`, [workerPoolId])
      for (;;) {
        const { rows } = await client.query<{ dead: string[] }>(unlockDead, [workerPoolId])
        if (rows[0]) logger.info({ workerPools: rows[0].dead }, 'took over the jobs of a process that is gone')
        await delay(sweepMs, signal)
      }
    } finally {
      client.release(true) // with the connection ends the lock
    }
  }

  await retry(holdWhileConnected, {
    signal,
    maxMs: 5_000,
    onRetry: ({ error }) => logTrouble(logger, error, 'lost the connection that claims our jobs; trying again'),
  }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
