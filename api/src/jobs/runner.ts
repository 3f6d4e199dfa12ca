import { EventEmitter } from 'node:events'
import { logTrouble } from '@fettle/db/away'
import { jobNames, type JobName, type JobPayloads } from '@fettle/contracts/jobs'
import type { Logger } from '@fettle/platform/logging'
import type { Service } from '@fettle/platform/lifecycle'
import { delay, retry } from '@fettle/platform/retry'
import { type Job, Logger as WorkerLogger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Dependencies } from '../dependencies.ts'
import { followAlarm } from './alarm-changed.ts'
import { holdClaim } from './claim.ts'
import { freezeEvidence } from './freeze-evidence.ts'
import { openTicketForAlarm } from './open-ticket.ts'

type Handlers = { readonly [N in JobName]: (deps: Dependencies, payload: JobPayloads[N]) => Promise<void> }

/** Every job there is. A name without a handler does not compile. */
const handlers: Handlers = {
  'open-ticket': openTicketForAlarm,
  'alarm-changed': followAlarm,
  'freeze-evidence': freezeEvidence,
}

export interface JobRunner extends Service {
  /** False while a new worker pool is being begun in place of one that gave up. */
  works(): boolean
}

/**
 * So many attempts in a row to get a job may fail, of all workers together. graphile-worker keeps the first answer about its
 * tasks, also when that was an error: a pool whose first question went wrong would never run a job, and say nothing.
 */
const failuresInARow = 20
/** How long a runner may take to end what it has begun. */
const endMs = 5_000

/**
 * Runs the jobs that facts caused; a failing one is tried again with growing pauses, its error logged. A worker pool gives up
 * when it cannot tell PostgreSQL what became of a job: then the next one begins, and takes over what was left.
 */
export function createJobRunner(deps: Dependencies): JobRunner {
  const { logger } = deps
  const { pool } = deps.database
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> | undefined
  let works = false

  async function startRunner(): Promise<StartedRunner> {
    const events: WorkerEvents = new EventEmitter()
    let workerPoolId = ''
    events.once('pool:create', ({ workerPool }) => (workerPoolId = workerPool.id))
    const lost = new Promise<void>((resolve) => {
      events.once('pool:fatalError', () => resolve())
      let failures = 0
      events.on('worker:getJob:error', () => ++failures >= failuresInARow && resolve())
      for (const event of ['worker:getJob:empty', 'job:start'] as const) events.on(event, () => (failures = 0))
    })
    const runner = await run({
      pgPool: pool,
      concurrency: 4,
      pollInterval: 1_000,
      noHandleSignals: true,
      noPreparedStatements: false,
      taskList: taskList(deps),
      logger: workerLogger(logger),
      events,
      // Batches are what graphile-worker handles failures in; without them a lost connection would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })
    return { runner, workerPoolId, lost }
  }

  /** Resolves when it was stopped, or gave up. */
  async function accompany({ runner, lost, workerPoolId }: StartedRunner): Promise<void> {
    const claiming = new AbortController()
    const claim = holdClaim({ pool, workerPoolId, logger, signal: claiming.signal })
    const asked = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    const ended = runner.promise.catch((error: unknown) => logTrouble(logger, error, 'the job runner gave up'))
    await Promise.race([ended, lost, ...(signal.aborted ? [] : [asked])])
    void runner.stop().catch(() => {}) // rejects when it gave up a moment ago
    // One that lost its connection in the middle of a job can hang in its own end; its jobs are taken over all the same.
    await Promise.race([ended, delay(endMs)])
    claiming.abort()
    await claim
  }

  async function keepRunning(first: StartedRunner): Promise<void> {
    for (let next: StartedRunner | undefined = first; next;) {
      works = true
      await accompany(next)
      works = false
      next = await retry(startRunner, { signal, maxMs: 5_000 }).catch(() => undefined) // fails only by being stopped
      if (next) logger.warn('the job runner was started again')
    }
  }

  return {
    name: 'jobs',
    async start() {
      running = keepRunning(await startRunner())
    },
    async stop() {
      stopping.abort()
      await running
    },
    works: () => works,
  }
}

interface StartedRunner {
  readonly runner: Runner
  /** It could not say what became of a job, or gets none any more. */
  readonly lost: Promise<void>
  /** What `locked_by` of its jobs says. */
  readonly workerPoolId: string
}

function taskList(deps: Dependencies): TaskList {
  const task = <N extends JobName>(name: N) => [
    name,
    (payload: unknown) => handlers[name](deps, payload as JobPayloads[N]),
  ]
  return Object.fromEntries(jobNames.map(task)) as TaskList
}

/**
 * What graphile-worker says, in our log. Its own sentence about a failure quotes the error, and with it a statement and what
 * it was about; so the error goes beside it, as errors are logged here.
 */
function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    const error: unknown = meta?.['error'] ?? meta?.['fatalError']
    const job = meta?.['job'] as Job | undefined
    const facts = job && { job: job.id, task: job.task_identifier, attempt: job.attempts }
    if (level === 'error' && error instanceof Error)
      logTrouble(logger, error, job ? 'a job failed; it is tried again' : 'trouble with the job queue', {
        level: 'error',
        ...(facts && { facts }),
      })
    else if (level === 'error') logger.error(message)
    else if (level === 'warning') logger.warn(message)
    else logger.debug(message)
  })
}
