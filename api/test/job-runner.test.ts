import { enqueue } from '@fettle/db/jobs'
import { deadLetters } from '@fettle/db/schema/devices'
import { eventually } from '@fettle/testing/eventually'
import { uuidv7 } from '@fettle/platform/ids'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createJobRunner } from '../src/jobs/runner.ts'
import { testApi } from './test-api.ts'

const { deps, url } = await testApi()
const { db } = deps.database
/** A lost database is tried again with pauses, and a busy machine makes them longer. */
const patienceMs = 90_000

/** A job about an alarm that is not there ends at once, with success. */
async function addJob(): Promise<string> {
  const jobKey = uuidv7()
  await db.transaction((tx) => enqueue(tx, 'open-ticket', { alarmId: uuidv7() }, { jobKey }))
  return jobKey
}

async function isDone(jobKey: string): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from graphile_worker.jobs where key = ${jobKey}`)
  return rows.length === 0
}

describe('jobs', () => {
  it('that a killed process had begun are run by the next one', async () => {
    const jobKey = uuidv7()
    await db.transaction(async (tx) => {
      await enqueue(tx, 'open-ticket', { alarmId: uuidv7() }, { jobKey })
      await tx.execute(sql`
        update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-of-the-dead', attempts = 1
        where key = ${jobKey}`)
    })
    expect(await isDone(jobKey)).toBe(false)
    await eventually(() => isDone(jobKey), { what: 'the job of the dead to be run', timeoutMs: patienceMs })
  }, 120_000)

  it('go on after every connection was cut while some of them ran', async () => {
    const name = (await db.execute<{ name: string }>(sql`select current_database() as name`)).rows[0]?.name ?? ''
    const keys = await Promise.all(Array.from({ length: 20 }, addJob))
    await deps.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [name],
    )
    keys.push(await addJob())
    const left = async () => (await Promise.all(keys.map(isDone))).filter((done) => !done).length
    await eventually(async () => (await left()) === 0, { what: 'every job to be run', timeoutMs: patienceMs })
    expect(await left()).toBe(0)
  }, 120_000)
})

it('what waits, what was given up and what nobody could take are metrics', async () => {
  const runAt = new Date(Date.now() + 3_600_000)
  await db.transaction((tx) => enqueue(tx, 'freeze-evidence', { evidenceId: uuidv7() }, { jobKey: 'later', runAt }))
  await db.execute(sql`
    select graphile_worker.add_job(
      'alarm-changed', '{}'::json, job_key => 'given up', max_attempts => 1, run_at => ${runAt.toISOString()}::timestamptz
    )`)
  await db.execute(sql`update graphile_worker._private_jobs set attempts = 1 where key = 'given up'`)
  await db.insert(deadLetters).values({
    receivedAt: new Date(),
    source: 'P100',
    topic: 'fettle/v1/devices/P100/telemetry',
    code: 'payload/malformed',
    detail: 'not JSON',
    payload: '{',
    readings: 0,
  })
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('fettle_jobs{task="freeze-evidence",state="scheduled"} 1')
  expect(metrics).toContain('fettle_jobs{task="alarm-changed",state="failed"} 1')
  expect(metrics).toMatch(/^fettle_jobs_oldest_waiting_seconds [\d.]+$/m)
  expect(metrics).toContain('fettle_dead_letters{code="payload/malformed"} 1')
  const ready = await fetch(`${url}/readyz`)
  expect(await ready.json()).toEqual({ status: 'ready', checks: { database: 'up', jobs: 'up' } })
})

it('a runner whose first question failed is left behind, and another begun', async () => {
  const asked: string[] = []
  let hasFailed = false
  const pool = Object.create(deps.database.pool) as typeof deps.database.pool
  Object.assign(pool, { connect: (tell?: never) => (tell ? deps.database.pool.connect(tell) : connect()) })
  async function connect() {
    const client = await deps.database.pool.connect()
    const query = client.query.bind(client) as (...words: unknown[]) => Promise<unknown>
    const observed = async (...words: unknown[]) => {
      const text = JSON.stringify(words[0])
      if (text.includes('_private_tasks') && !hasFailed) {
        hasFailed = true
        throw new Error('timeout exceeded when trying to connect')
      }
      const answer = await query(...words)
      asked.push(text)
      return answer
    }
    return new Proxy(client, { get: (of, name) => (name === 'query' ? observed : (Reflect.get(of, name) as unknown)) })
  }
  const runner = createJobRunner({ ...deps, database: { ...deps.database, pool } })
  await runner.start()
  const getsJobs = () => asked.some((text) => text.includes('skip locked'))
  await eventually(getsJobs, { what: 'a runner that gets jobs', timeoutMs: patienceMs })
  expect(hasFailed).toBe(true)
  expect(runner.works()).toBe(true)
  await runner.stop()
}, 120_000)
