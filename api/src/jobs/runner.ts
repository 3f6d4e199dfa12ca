import { jobNames, type JobName, type JobPayloads } from '@fettle/contracts/jobs'
import type { Logger } from '@fettle/platform/logging'
import type { Service } from '@fettle/platform/lifecycle'
import { Logger as WorkerLogger, run, type Runner, type TaskList } from 'graphile-worker'
import type { Dependencies } from '../dependencies.ts'
import { followAlarm } from './alarm-changed.ts'
import { freezeEvidence } from './freeze-evidence.ts'
import { openTicketForAlarm } from './open-ticket.ts'

type Handlers = { readonly [N in JobName]: (deps: Dependencies, payload: JobPayloads[N]) => Promise<void> }

/** Every job there is. A name without a handler does not compile. */
const handlers: Handlers = {
  'open-ticket': openTicketForAlarm,
  'alarm-changed': followAlarm,
  'freeze-evidence': freezeEvidence,
}

/** Runs the jobs that facts caused; a failing one is tried again with growing pauses, its error logged. */
export function createJobRunner(deps: Dependencies): Service {
  let runner: Runner | undefined
  return {
    name: 'jobs',
    async start() {
      runner = await run({
        pgPool: deps.database.pool,
        concurrency: 4,
        pollInterval: 1_000,
        noHandleSignals: true,
        noPreparedStatements: false,
        taskList: taskList(deps),
        logger: workerLogger(deps.logger),
      })
      runner.promise.catch((error: unknown) => deps.logger.error({ err: error }, 'the job runner stopped'))
    },
    async stop() {
      await runner?.stop()
    },
  }
}

function taskList(deps: Dependencies): TaskList {
  const task = <N extends JobName>(name: N) => [
    name,
    (payload: unknown) => handlers[name](deps, payload as JobPayloads[N]),
  ]
  return Object.fromEntries(jobNames.map(task)) as TaskList
}

function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    if (level === 'error') logger.error(meta ?? {}, message)
    else if (level === 'warning') logger.warn(message)
    else logger.debug(message)
  })
}
