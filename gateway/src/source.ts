import type { Clock } from '@fettle/platform/clock'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { untilAborted } from '@fettle/platform/until-aborted'
import type { Backoff } from '@fettle/platform/retry'
import type { Driver, DriverContext, Problem, Reading, Sink } from './driver.ts'
import { supervise, type LinkStatus } from './supervisor.ts'

export interface StandingProblem extends Problem {
  /** How often it was reported since `sinceMs`. */
  count: number
  sinceMs: number
}

export interface SourceStatus extends LinkStatus {
  name: string
  kind: string
  /** Readings that are durable in the spool, since the start. */
  readings: number
  lastReadingMs?: number
  /** Failed runs and reported problems, since the start. */
  errors: number
  /** True while the spool has no room and the driver is held back. */
  waiting: boolean
  /** What is wrong with parts of a source that works otherwise. */
  problems: StandingProblem[]
}

export interface SourceOptions {
  gateway: string
  name: string
  kind: string
  /** The gateway's own folder, see `DriverContext`. */
  dataDir: string
  create(context: DriverContext): Driver
  /** Where readings become durable. */
  store: Sink
  logger: Logger
  clock: Clock
  pauses?: Backoff
}

/** Subjects come from outside, topics for instance, so there may be any number of them. */
const maxProblems = 50

/** One configured source: a driver, its supervisor, and what is known about both. */
export function createSource(options: SourceOptions): Service & { status(): SourceStatus } {
  const { gateway, name, kind, dataDir, store, clock } = options
  const logger = options.logger.child({ source: name })
  const problems = new Map<string, StandingProblem>()
  let readings = 0
  let reports = 0
  let waiting = 0
  let lastReadingMs: number | undefined
  let up = () => {}

  const driver = options.create({ gateway, source: name, dataDir, clock, up: () => up(), report, solved })

  /** One line for a new problem and one when it is solved; in between it only counts. */
  function report(problem: Problem): void {
    reports += 1
    const standing = problems.get(problem.subject)
    if (!standing && problems.size >= maxProblems) return
    problems.set(problem.subject, {
      ...problem,
      count: (standing?.count ?? 0) + 1,
      sinceMs: standing?.sinceMs ?? clock.now(),
    })
    if (!standing) logger.warn({ ...problem }, `${name}: ${problem.subject}: ${problem.message}`)
  }

  function solved(subject: string): void {
    if (problems.delete(subject)) logger.info({ subject }, `${name}: ${subject} is well again`)
  }

  async function put(batch: Reading[], signal: AbortSignal): Promise<void> {
    if (batch.length === 0) return
    waiting += 1
    try {
      // A driver that waits for the spool is let go; what it had handed over may still be stored.
      await untilAborted(store(batch), signal)
    } finally {
      waiting -= 1
    }
    readings += batch.length
    lastReadingMs = clock.now()
  }

  const link = supervise({
    name,
    run(signal, tellUp) {
      up = tellUp
      return driver.run((batch) => put(batch, signal), signal)
    },
    // The reason of the whole source stands for the troubles of its parts.
    onDown: () => problems.clear(),
    logger,
    clock,
    ...(options.pauses && { pauses: options.pauses }),
  })

  return {
    ...link,
    status() {
      const linkStatus = link.status()
      return {
        name,
        kind,
        ...linkStatus,
        readings,
        ...(lastReadingMs !== undefined && { lastReadingMs }),
        errors: linkStatus.failures + reports,
        waiting: waiting > 0,
        problems: [...problems.values()],
      }
    },
  }
}
