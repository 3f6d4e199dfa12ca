import { LogError, type LogBatch, type PartitionedLog } from '@fettle/bus/partitioned-log'
import { isDatabaseAway } from '@fettle/db/away'
import type { Db } from '@fettle/db/client'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { watchReach } from '@fettle/platform/reach'
import { delay, retry } from '@fettle/platform/retry'
import { decodeLogEntry } from '@fettle/telemetry/log-entry'
import type { Alongside, PositionedEntry, TelemetryStore } from '@fettle/telemetry/store'
import { loadPositions, savePositions } from './consumer-positions.ts'
import { putAsideUnstorable } from './unstorable-readings.ts'

export interface StoreWriterOptions {
  log: PartitionedLog
  store: TelemetryStore
  db: Db
  logger: Logger
  /** The oldest unwritten reading waits at most this long; default 2 s. */
  flushMs?: number
  /** Written at once when there are so many readings; default 20,000. */
  flushReadings?: number
}

export interface StoreWriterStats {
  /** Readings written since the start. */
  readings: number
  /** Of these, how many the store refused for good; each is in a dead letter. */
  refused: number
  /** Records in the log that are not in the store yet. */
  lag: number
  /** Next position to read by partition, as saved. */
  positions: Record<number, number>
  flushes: number
  /** Whether the writing under way is being tried again. */
  failing: boolean
}

/** What is gathered when the service stops may take this long; otherwise it is read again by the next start. */
const lastFlushMs = 3_000

export interface StoreWriter extends Service {
  stats(): Promise<StoreWriterStats>
}

/**
 * Brings the log into the store. One loop for each partition gathers records; what is gathered is written together, with the
 * positions in the same transaction, so after a crash it goes on exactly where the rows end. What the store refuses for good
 * becomes dead letters in that transaction. While the database is away it tries
 * again for ever, holds one batch in memory and leaves the rest in the log.
 */
export function createStoreWriter(options: StoreWriterOptions): StoreWriter {
  const { log, store, db, logger, flushMs = 2_000, flushReadings = 20_000 } = options
  const consuming = new AbortController()
  const writing = new AbortController()
  const saved = new Map<number, number>()
  const stats = { readings: 0, refused: 0, flushes: 0, failing: false }
  const reach = watchReach({ what: 'the telemetry store', logger })
  let gathered = emptyBatch()
  let timer: NodeJS.Timeout | undefined
  let lastWrite = Promise.resolve()
  let running: Promise<unknown> | undefined

  /** Adds a batch of the log; resolves when there is room for another one. */
  async function gather({ partition, records, next }: LogBatch): Promise<void> {
    const entries = records.map(({ position, payload }) => ({ position, entry: decodeLogEntry(payload) }))
    timer ??= setTimeout(() => void flush(), flushMs)
    gathered.entries.push(...entries)
    gathered.readings += entries.reduce((sum, { entry }) => sum + entry.series.length, 0)
    gathered.positions.set(partition, next)
    if (gathered.readings >= flushReadings) await flush()
  }

  /** Writes what is gathered, after the writing that is under way. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    lastWrite = lastWrite.then(write)
    return lastWrite
  }

  async function write(): Promise<void> {
    if (gathered.positions.size === 0) return
    const batch = gathered
    gathered = emptyBatch()
    let refused = 0
    const alongside: Alongside = async (tx, unstorable) => {
      refused = unstorable.length
      await putAsideUnstorable(tx, unstorable)
      await savePositions(tx, 'store', batch.positions)
    }
    const save = () => store.write(batch.entries, alongside)
    const onRetry = ({ error }: { error: unknown }) => {
      stats.failing = true
      logger.debug({ err: error }, 'cannot write to the store; readings wait in the log')
      if (!isDatabaseAway(error)) reach.failed(error) // otherwise that is said already
    }
    try {
      await retry(save, { signal: writing.signal, maxMs: 5_000, onRetry })
    } catch {
      return // stopped: none of it is saved, so the next start reads it again
    }
    stats.failing = false
    reach.answered()
    if (refused > 0) logger.error({ readings: refused }, 'the store refused readings; they are in the dead letters')
    for (const [partition, position] of batch.positions) saved.set(partition, position)
    stats.readings += batch.readings
    stats.refused += refused
    stats.flushes++
  }

  async function consume(partition: number): Promise<void> {
    const { signal } = consuming
    const onGap = (gap: object) => logger.error(gap, 'the log lost readings before they reached the store')
    while (!signal.aborted) {
      try {
        await log.consume({ partition, from: saved.get(partition) ?? 'start', signal, onGap }, gather)
      } catch (error) {
        const code = error instanceof LogError ? error.code : undefined
        if (code === 'log/closed') return
        logger.error({ err: error, partition }, 'cannot read the log')
        await flush()
        // The log is a new one: what it holds from its beginning is not in the store.
        if (code === 'log/beyond-end') saved.delete(partition)
        // Anything else must not be skipped, as that would lose readings; it is said until somebody mends it.
        else await delay(5_000, signal).catch(() => {})
      }
    }
  }

  return {
    name: 'store writer',
    async start() {
      for (const [partition, position] of await loadPositions(db, 'store')) saved.set(partition, position)
      const partitions = Array.from({ length: log.partitions }, (_, partition) => partition)
      running = Promise.all(partitions.map(consume))
    },
    async stop() {
      consuming.abort()
      const ended = running?.then(flush)
      const expired = delay(lastFlushMs, writing.signal).catch(() => {})
      await Promise.race([ended, expired])
      writing.abort()
      clearTimeout(timer)
    },
    async stats() {
      const partitions = Array.from({ length: log.partitions }, (_, partition) => partition)
      const lags = await Promise.all(
        partitions.map(async (partition) => {
          const { first, next } = await log.bounds(partition)
          return next - Math.max(first, saved.get(partition) ?? 0)
        }),
      )
      const lag = lags.reduce((sum, each) => sum + each, 0)
      return { ...stats, lag, positions: Object.fromEntries(saved) }
    },
  }
}

interface Gathered {
  entries: PositionedEntry[]
  readings: number
  /** Next position by partition, to be saved with the entries. */
  positions: Map<number, number>
}

const emptyBatch = (): Gathered => ({ entries: [], readings: 0, positions: new Map() })
