import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { logTrouble } from '@fettle/db/away'
import type { Db } from '@fettle/db/client'
import { deadLetters } from '@fettle/db/schema/devices'
import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { lt } from 'drizzle-orm'
import { neededFrom, type Consumer } from './consumer-positions.ts'

export interface HousekeepingOptions {
  log: PartitionedLog
  store: TelemetryStore
  db: Db
  clock: Clock
  logger: Logger
  /** Nothing is deleted from the log before all of these have read it. */
  consumers: readonly Consumer[]
  /** Records kept beyond what is needed, for looking into an incident; default 10,000 of each partition. */
  keepRecords?: number
  /** Dead letters are kept this long; default 90 days. */
  keepLettersMs?: number
  trimEveryMs?: number
  maintainEveryMs?: number
}

/** Keeps what grows in bounds: the log, the rows of the store, the dead letters. A chore that fails is tried again the next time. */
export function createHousekeeping(options: HousekeepingOptions): Service {
  const { log, store, db, clock, logger, consumers } = options
  const { keepRecords = 10_000, keepLettersMs = 90 * 24 * 3_600_000 } = options
  const { trimEveryMs = 30_000, maintainEveryMs = 5 * 60_000 } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<unknown> | undefined

  async function trim(): Promise<void> {
    for (const [partition, position] of await neededFrom(db, consumers)) {
      if (partition >= log.partitions) continue
      const { next } = await log.bounds(partition)
      // A place behind the end is one of another log, and says nothing about what was read of this one.
      if (position <= next) await log.trim(partition, Math.max(0, position - keepRecords))
    }
  }

  async function maintain(): Promise<void> {
    const nowMs = clock.now()
    const report = await store.maintain(nowMs, signal)
    if (report.packed + report.expired > 0) logger.debug(report, 'looked after the telemetry store')
    await db.delete(deadLetters).where(lt(deadLetters.receivedAt, new Date(nowMs - keepLettersMs)))
  }

  async function repeat(what: string, chore: () => Promise<void>, everyMs: number): Promise<void> {
    for await (const _ of every(everyMs, signal)) {
      await chore().catch((error: unknown) => {
        if (!signal.aborted) logTrouble(logger, error, `cannot ${what}; trying again later`)
      })
    }
  }

  return {
    name: 'housekeeping',
    async start() {
      running = Promise.all([
        repeat('trim the log', trim, trimEveryMs),
        repeat('look after the telemetry store', maintain, maintainEveryMs),
      ])
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
