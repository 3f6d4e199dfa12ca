import { EVENTS_CHANNEL, type FactNotice } from '@fettle/contracts/events'
import type { JobName, JobPayloads } from '@fettle/contracts/jobs'
import { sql } from 'drizzle-orm'
import type { Tx } from './client.ts'

export interface EnqueueOptions {
  /** A job with the same key that has not started yet is replaced, so that repeating the cause does not repeat the job. */
  readonly jobKey?: string
  readonly runAt?: Date
}

/** Adds a job in the transaction of the fact that causes it: no lost and no phantom side effect. */
export async function enqueue<N extends JobName>(
  tx: Tx,
  name: N,
  payload: JobPayloads[N],
  { jobKey, runAt }: EnqueueOptions = {},
): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.add_job(
      ${name}::text, ${JSON.stringify(payload)}::json,
      job_key => ${jobKey ?? null}::text, run_at => ${runAt?.toISOString() ?? null}::timestamptz
    )`)
}

/** Tells every api process, when this transaction commits, that something happened. */
export async function announce(tx: Tx, notice: FactNotice): Promise<void> {
  await tx.execute(sql`select pg_notify(${EVENTS_CHANNEL}, ${JSON.stringify(notice)})`)
}
