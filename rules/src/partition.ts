import type { LogBatch, PartitionedLog } from '@fettle/bus/partitioned-log'
import { partitionOf } from '@fettle/bus/partitioned-log'
import type { Db } from '@fettle/db/client'
import { ruleSnapshots } from '@fettle/db/schema/rules'
import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import { uuidv7 } from '@fettle/platform/ids'
import type { Logger } from '@fettle/platform/logging'
import { decodeLogEntry } from '@fettle/telemetry/log-entry'
import { eq } from 'drizzle-orm'
import type { BookShelf } from './book-shelf.ts'
import { commit } from './commit.ts'
import { createEngine, type Engine } from './engine.ts'
import { adoptOpenEpisodes } from './open-episodes.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'

export interface PartitionOptions {
  readonly partition: number
  readonly log: PartitionedLog
  readonly db: Db
  readonly shelf: BookShelf
  readonly clock: Clock
  readonly logger: Logger
  /** How long evaluated readings that found nothing may stay unsaved; they are evaluated again after a crash. */
  readonly saveEveryMs: number
  readonly progress: Progress
}

/** Shared by all partitions of a process, for its metrics. */
export interface Progress {
  entries: number
  readings: number
  raised: number
  changed: number
  cleared: number
  commits: number
  /** By partition: everything before it was evaluated. */
  readonly positions: Map<number, number>
}

/** Enough readings to make a replay after a crash noticeable. */
const entriesPerSave = 20_000

/**
 * Consumes one partition from its saved position on, until `signal` aborts or something fails. It holds nothing that is not
 * saved, so after any failure the way on is to call it again.
 */
export async function runPartition(options: PartitionOptions, signal: AbortSignal): Promise<void> {
  const { partition, log, db, shelf, clock, logger, saveEveryMs, progress } = options
  let book = await shelf.refresh()
  const engine = createEngine(book, uuidv7)
  let saved = await restore(options, engine)
  let position = await startOf(options, saved)
  let savedAtMs = clock.now()
  let entriesUnsaved = 0

  async function save(): Promise<void> {
    const effects = engine.takeEffects()
    const at = new Date(clock.now())
    const snapshot = takeSnapshot(engine.memory)
    await commit(db, { partition, follows: saved, position, effects, peaks: engine.takePeaks(), snapshot, at })
    saved = position
    savedAtMs = clock.now()
    entriesUnsaved = 0
    progress.commits += 1
    for (const { kind } of effects) progress[kind] += 1
  }

  function followBook(): void {
    if (shelf.current() === book) return
    book = shelf.current()
    engine.follow(book)
  }

  async function evaluate({ records, next }: LogBatch): Promise<void> {
    followBook()
    for (const { payload } of records) {
      const entry = decodeLogEntry(payload)
      if (!engine.process(entry)) {
        await shelf.refresh() // a machine or a signal that is newer than the book
        followBook()
        engine.process(entry, true)
      }
      progress.readings += entry.series.length
    }
    progress.entries += records.length
    entriesUnsaved += records.length
    position = next
    progress.positions.set(partition, position)
  }

  const isDue = () => entriesUnsaved >= entriesPerSave || clock.now() - savedAtMs >= saveEveryMs

  const turn = createTurns()
  const ending = new AbortController()
  const stopped = AbortSignal.any([signal, ending.signal])

  async function consume(): Promise<void> {
    const onGap = ({ from, first }: { from: number; first: number }) =>
      logger.error(
        { partition, from, first },
        'the log deleted readings before the rules saw them; going on after them',
      )
    await log.consume({ partition, from: position, signal: stopped, onGap }, (batch) =>
      turn(async () => {
        await evaluate(batch)
        if (engine.hasEffects() || isDue()) await save()
      }),
    )
  }

  /** Saves what a quiet partition has left unsaved, and lets a changed rule take effect without a reading. */
  async function keepUp(): Promise<void> {
    for await (const _ of every(saveEveryMs, stopped)) {
      await turn(async () => {
        followBook()
        if (engine.hasEffects() || (entriesUnsaved > 0 && isDue())) await save()
      })
    }
  }

  const ends = await Promise.allSettled([consume(), keepUp()].map((work) => endingWith(work, ending)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  if (entriesUnsaved > 0 || engine.hasEffects()) await save()
}

/** Fills the engine; the position to go on from, or null when there is no usable snapshot. */
async function restore({ partition, log, db, logger }: PartitionOptions, engine: Engine): Promise<number | null> {
  const [row] = await db.select().from(ruleSnapshots).where(eq(ruleSnapshots.partition, partition))
  if (row && restoreSnapshot(engine, row.state)) return row.position
  if (row) logger.warn({ partition }, 'the saved state of the rules is of another format; holds start anew')
  await adoptOpenEpisodes(db, engine, (assetId) => partitionOf(assetId, log.partitions) === partition)
  return row?.position ?? null
}

/** A log that ends before the saved position is not the one it was saved from: all of it is new, and seen twice is harmless. */
async function startOf({ partition, log, logger }: PartitionOptions, saved: number | null): Promise<number> {
  const { first, next } = await log.bounds(partition)
  if (saved === null) return first
  if (saved <= next) return saved
  logger.error(
    { partition, saved, next },
    'the log is not the one that the rules were saved with; starting at its beginning',
  )
  return first
}

/** Runs one piece of work after another; after one that failed, none: what it left behind must not be saved. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (work) => (last = last.then(work))
}

/** When one of two ends, however it does, so shall the other. */
async function endingWith(work: Promise<void>, ending: AbortController): Promise<void> {
  try {
    await work
  } finally {
    ending.abort()
  }
}
