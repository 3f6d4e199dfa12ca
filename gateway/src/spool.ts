import { mkdir, rename } from 'node:fs/promises'
import type { Clock } from '@fettle/platform/clock'
import type { Logger } from '@fettle/platform/logging'
import { openSegmentLog, type ReadLimits, type SegmentLog } from '@fettle/platform/segment-log/segment-log'
import { SegmentLogError } from '@fettle/platform/segment-log/segment-log-error'
import type { Reading } from './driver.ts'
import { loadIdentity, saveProgress } from './spool-identity.ts'
import { createWriteQueue } from './write-queue.ts'

/** A batch as it lies in the spool. */
export interface SpooledBatch {
  /** Its number within the life of `bootId`. */
  seq: number
  spooledMs: number
  /** The JSON array of its readings, as bytes. */
  readings: Buffer
}

export interface SpoolStatus {
  /** Batches that the platform has not acknowledged. */
  batches: number
  /** On disk, part of it perhaps acknowledged already. */
  bytes: number
  maxBytes: number
  /** When the oldest unacknowledged batch was spooled. */
  oldestMs?: number
  /** True when there is no room: sources wait until the platform acknowledges. */
  full: boolean
}

/**
 * What stands between equipment and platform: batches of readings on disk, numbered, kept until the platform says that
 * they are stored. Nothing that was taken is ever dropped; when the spool is full, taking waits.
 */
export interface Spool {
  readonly bootId: string
  /** The first batch that the platform has not acknowledged. */
  readonly firstUnacknowledged: number
  /** The number that the next batch will have. */
  readonly nextSeq: number
  /** Resolves when the readings are durable. Waits while the spool is full; rejects when the disk fails or it is closed. */
  append(readings: readonly Reading[]): Promise<void>
  /** Durable batches from `seq` on; none only when `seq` is `nextSeq`. */
  read(seq: number, limits?: ReadLimits): Promise<SpooledBatch[]>
  /** Resolves when there is a batch `seq`; rejects when `signal` aborts. */
  changed(seq: number, signal: AbortSignal): Promise<void>
  /** Everything up to and including `seq` is stored by the platform. Old news are ignored. */
  acknowledge(seq: number): void
  status(): Promise<SpoolStatus>
  /** Refuses what still waits, and closes. */
  close(): Promise<void>
}

export interface SpoolOptions {
  dir: string
  maxBytes: number
  logger: Logger
  clock: Clock
}

/** How often at most progress is written down and disk is freed: repeating a few batches after a crash is harmless. */
const tidyMs = 1_000

export async function openSpool({ dir, maxBytes, logger, clock }: SpoolOptions): Promise<Spool> {
  // Disk is freed by whole segments, so one is a small part of the whole.
  const segmentBytes = Math.ceil(Math.min(maxBytes / 16, 8 * 1024 * 1024))
  const openLog = () => openSegmentLog({ dir, segmentBytes, clock })
  let log = await openOrSetAside(dir, openLog, { logger, clock })
  const { identity, acknowledged } = await loadIdentity(dir, log)

  let unacknowledged = acknowledged
  let tidied = acknowledged
  let tidiedAtMs = performance.now()
  let tidying = Promise.resolve()
  let broken = false
  let closed = false
  let full = false
  let tryAgain = () => {}

  const queue = createWriteQueue(async (readings) => {
    await room()
    if (broken) log = await reopen(log, openLog)
    broken = false
    try {
      await log.append(Buffer.from(`${clock.now()}\n${readings}`))
    } catch (error) {
      broken = true // after a failed write a log takes no more
      throw error
    }
  })

  /** Resolves when another batch may be written. The log gets one line when the spool is full and one when it is not. */
  async function room(): Promise<void> {
    while (!closed && log.stats().bytes >= maxBytes) {
      if (!full) logger.warn({ maxBytes }, 'the spool is full: sources wait until the platform acknowledges')
      full = true
      const freed = new Promise<void>((resolve) => (tryAgain = resolve))
      tidy()
      await freed
    }
    if (closed) throw new Error('the spool was closed')
    if (full) logger.info('the spool has room again')
    full = false
  }

  /** Writes progress down and frees disk, one after another. */
  function tidy(): void {
    tidiedAtMs = performance.now()
    tidying = tidying.then(async () => {
      const next = unacknowledged
      if (next === tidied) return
      try {
        await saveProgress(dir, identity, next)
        await log.trim(identity.base + next)
        tidied = next
      } catch (error) {
        logger.warn({ err: error }, 'the spool could not be tidied, which is tried again')
      }
      tryAgain()
    })
  }

  async function read(seq: number, limits?: ReadLimits): Promise<SpooledBatch[]> {
    const { records } = await log.read(identity.base + seq, limits)
    return records.map(({ position, payload }) => unpack(position - identity.base, payload))
  }

  return {
    bootId: identity.bootId,
    get firstUnacknowledged() {
      return unacknowledged
    },
    get nextSeq() {
      return log.nextPosition - identity.base
    },
    append: (readings) => queue.add(readings),
    read,
    changed: (seq, signal) => log.changed(identity.base + seq, signal),
    acknowledge(seq) {
      if (seq < unacknowledged) return
      unacknowledged = seq + 1
      if (full || performance.now() - tidiedAtMs >= tidyMs) tidy()
    },
    async status() {
      const { bytes, next } = log.stats()
      const batches = next - identity.base - unacknowledged
      const [oldest] = batches > 0 ? await read(unacknowledged, { maxRecords: 1 }) : []
      return { batches, bytes, maxBytes, ...(oldest && { oldestMs: oldest.spooledMs }), full }
    },
    async close() {
      closed = true
      tryAgain()
      await queue.idle()
      tidy()
      await tidying
      await log.close()
    },
  }
}

/** A record is the time of spooling, a line end, and the JSON array of readings. */
function unpack(seq: number, payload: Uint8Array): SpooledBatch {
  const record = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  const end = record.indexOf('\n')
  return { seq, spooledMs: Number(record.toString('latin1', 0, end)), readings: record.subarray(end + 1) }
}

/** A gateway that nobody stands beside must not stay down because of a damaged disk: keep the damage, begin anew. */
async function openOrSetAside(
  dir: string,
  openLog: () => Promise<SegmentLog>,
  { logger, clock }: Pick<SpoolOptions, 'logger' | 'clock'>,
): Promise<SegmentLog> {
  await mkdir(dir, { recursive: true })
  try {
    return await openLog()
  } catch (error) {
    if (!(error instanceof SegmentLogError) || error.code !== 'corrupt') throw error
    const aside = `${dir}-damaged-${clock.now()}`
    await rename(dir, aside)
    logger.error({ aside }, `the spool is damaged, it was set aside and a new one is begun: ${error.message}`)
    return openLog()
  }
}

async function reopen(failed: SegmentLog, openLog: () => Promise<SegmentLog>): Promise<SegmentLog> {
  await failed.close().catch(() => {}) // it failed already; what counts is whether the new one opens
  return openLog()
}
