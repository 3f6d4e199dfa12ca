import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { logTrouble } from '@fettle/db/away'
import type { Database } from '@fettle/db/client'
import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { backoff, delay } from '@fettle/platform/retry'
import { createBookShelf } from './book-shelf.ts'
import { FencedError } from './commit.ts'
import { runPartition, type Progress } from './partition.ts'

export interface RulesOptions {
  readonly log: PartitionedLog
  readonly database: Pick<Database, 'db'>
  readonly clock: Clock
  readonly logger: Logger
  /** Which partitions of the log to evaluate; default all. */
  readonly partitions?: readonly number[]
  /** How long evaluated readings that found nothing may stay unsaved; default 5 s. */
  readonly saveEveryMs?: number
  /** How soon a changed rule or a machine's maintenance takes effect; default 2 s. */
  readonly refreshEveryMs?: number
}

export interface RulesStats extends Omit<Progress, 'positions'> {
  /** By partition: everything before it was evaluated; compare with `log.bounds(partition).next`. */
  readonly positions: ReadonlyMap<number, number>
}

export interface Rules extends Service {
  stats(): RulesStats
}

/**
 * Evaluates every reading of the log against the rules and writes alarm episodes with their jobs. Each partition goes on from
 * the position that was saved with its memory; when anything fails (the database is away, the log cannot be read, another
 * engine has the partition) it begins again from there, after a pause that grows to five seconds. Nothing is ever skipped.
 */
export function createRules(options: RulesOptions): Rules {
  const { log, database, clock, logger, saveEveryMs = 5_000, refreshEveryMs = 2_000 } = options
  const { partitions = Array.from({ length: log.partitions }, (_, partition) => partition) } = options
  const { db } = database
  const shelf = createBookShelf(db, logger)
  const progress: Progress = {
    entries: 0,
    readings: 0,
    raised: 0,
    changed: 0,
    cleared: 0,
    commits: 0,
    positions: new Map(),
  }
  const stopping = new AbortController()
  let running: Promise<unknown> = Promise.resolve()

  async function evaluatePartition(partition: number): Promise<void> {
    const wait = backoff({ initialMs: 200, maxMs: 5_000 })
    while (!stopping.signal.aborted) {
      const sinceCommits = progress.commits
      try {
        await runPartition({ partition, log, db, shelf, clock, logger, saveEveryMs, progress }, stopping.signal)
      } catch (error) {
        if (stopping.signal.aborted)
          return logger.warn({ partition, err: error }, 'stopped without saving; nothing is lost')
        if (progress.commits > sinceCommits) wait.reset()
        report(partition, error)
        await delay(wait.next(), stopping.signal).catch(() => {})
      }
    }
  }

  function report(partition: number, error: unknown): void {
    if (error instanceof FencedError) logger.warn({ partition, err: error }, 'another engine went on; following it')
    else {
      const message = 'evaluation failed; it begins again from what was saved'
      logTrouble(logger, error, message, { level: 'error', facts: { partition } })
    }
  }

  async function keepBookFresh(): Promise<void> {
    for await (const _ of every(refreshEveryMs, stopping.signal)) {
      await shelf.refresh().catch((error: unknown) => logTrouble(logger, error, 'could not look for changed rules'))
    }
  }

  return {
    name: 'rules',
    async start() {
      await shelf.refresh()
      running = Promise.all([keepBookFresh(), ...partitions.map(evaluatePartition)])
    },
    async stop() {
      stopping.abort()
      await running
    },
    stats: () => ({ ...progress, positions: new Map(progress.positions) }),
  }
}
