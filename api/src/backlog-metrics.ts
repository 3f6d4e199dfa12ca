import type { Db } from '@fettle/db/client'
import { deadLetters } from '@fettle/db/schema/devices'
import { count, isNull, sql } from 'drizzle-orm'
import { Gauge, type Registry } from 'prom-client'

interface JobsRow extends Record<string, unknown> {
  readonly task: string
  readonly state: string
  readonly jobs: number
  /** Since the oldest of them could have run. */
  readonly oldestSeconds: number
}

/** `failed` jobs are tried no more; `scheduled` ones wait for their time, perhaps for that of another attempt. */
const jobsByState = sql`
  select task_identifier as task, state, count(*)::int as jobs,
         greatest(0, extract(epoch from now() - min(run_at)))::float8 as "oldestSeconds"
    from (
      select task_identifier, run_at,
             case when attempts >= max_attempts and locked_at is null then 'failed'
                  when locked_at is not null then 'running'
                  when run_at > now() then 'scheduled'
                  else 'waiting' end as state
        from graphile_worker.jobs
    ) as job
   group by 1, 2`

/**
 * What waits to be done, and what nobody could do anything with. `measure` reads it for a scrape; what cannot be read is left out
 * of it, as `forget` does with all.
 */
export function createBacklogMetrics(db: Db, registry: Registry) {
  const registers = [registry]
  const jobs = new Gauge({
    name: 'fettle_jobs',
    help: 'Jobs in the queue, by task and state (waiting, running, scheduled, failed)',
    labelNames: ['task', 'state'] as const,
    registers,
  })
  const oldest = new Gauge({
    name: 'fettle_jobs_oldest_waiting_seconds',
    help: 'How long the oldest job that could run has been waiting',
    registers,
  })
  const letters = new Gauge({
    name: 'fettle_dead_letters',
    help: 'Dead letters that are kept and were not replayed, by reason',
    labelNames: ['code'] as const,
    registers,
  })

  function forget(): void {
    for (const gauge of [jobs, letters]) gauge.reset()
    oldest.remove()
  }

  async function measure(): Promise<void> {
    const read = await Promise.all([
      db.execute<JobsRow>(jobsByState),
      db
        .select({ code: deadLetters.code, letters: count() })
        .from(deadLetters)
        .where(isNull(deadLetters.replayedAt))
        .groupBy(deadLetters.code),
    ]).catch(() => undefined)
    forget()
    if (!read) return
    const [{ rows }, kept] = read
    for (const { task, state, jobs: many } of rows) jobs.set({ task, state }, many)
    const waiting = rows.filter(({ state }) => state === 'waiting').map(({ oldestSeconds }) => oldestSeconds)
    oldest.set(Math.max(0, ...waiting))
    for (const { code, letters: many } of kept) letters.set({ code }, many)
  }

  return { measure, forget }
}
