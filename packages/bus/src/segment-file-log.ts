import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  openSegmentLog,
  type ReadLimits,
  type SegmentLog,
  type SegmentLogOptions,
} from '@fettle/platform/segment-log/segment-log'
import { SegmentLogError, type SegmentLogErrorCode } from '@fettle/platform/segment-log/segment-log-error'
import {
  LogError,
  type ConsumeOptions,
  type LogBatch,
  type LogErrorCode,
  type PartitionedLog,
} from './partitioned-log.ts'

export interface SegmentFileLogOptions extends SegmentLogOptions {
  /** Fixed for the life of the folder, since it decides where a key's records are; default 1. */
  partitions?: number
}

/**
 * The embedded partitioned log: one segment log for each partition, in the folders `p-00`, `p-01` … of `dir`. All options
 * (segment size, retention) hold for each partition.
 */
export async function openSegmentFileLog(options: SegmentFileLogOptions): Promise<PartitionedLog> {
  const { dir, partitions = 1, ...segmentOptions } = options
  if (!Number.isInteger(partitions) || partitions < 1)
    throw new RangeError(`partitions must be 1 or more: ${partitions}`)
  await refuseOtherPartitioning(dir, partitions)
  const logs: SegmentLog[] = []
  try {
    for (let partition = 0; partition < partitions; partition++) {
      logs.push(await openSegmentLog({ ...segmentOptions, dir: join(dir, partitionFolder(partition)) }))
    }
  } catch (error) {
    await Promise.all(logs.map((log) => log.close()))
    throw error
  }

  function logOf(partition: number): SegmentLog {
    const log = logs[partition]
    if (!log) throw new LogError('log/no-partition', `there is no partition ${partition}: the log has ${partitions}`)
    return log
  }

  return {
    partitions,
    append: (partition, payload) => translated(async () => logOf(partition).append(payload)),
    consume: async (consumer, handle) => consume(logOf(consumer.partition), consumer, handle),
    async bounds(partition) {
      const { firstPosition, nextPosition } = logOf(partition)
      return { first: firstPosition, next: nextPosition }
    },
    trim: (partition, before) => translated(async () => logOf(partition).trim(before)),
    async close() {
      await Promise.all(logs.map((log) => log.close()))
    },
  }
}

async function consume(
  log: SegmentLog,
  { partition, from, signal, onGap, ...limits }: ConsumeOptions,
  handle: (batch: LogBatch) => Promise<void>,
): Promise<void> {
  let position = from === 'end' ? log.nextPosition : from === 'start' ? log.firstPosition : from
  if (position > log.nextPosition) {
    const message = `position ${position} of partition ${partition} lies beyond the end, ${log.nextPosition}`
    throw new LogError('log/beyond-end', message)
  }
  while (await arrived(log, position, signal)) {
    const first = log.firstPosition
    if (position < first) {
      if (!onGap)
        throw new LogError('log/gap', `records ${position} to ${first - 1} of partition ${partition} were deleted`)
      onGap({ partition, from: position, first })
      position = first
      continue
    }
    const batch = await readUnlessTrimmed(log, position, limits)
    if (!batch) continue
    await handle({ partition, ...batch })
    position = batch.next
  }
}

/** Waits for a record at `position`; false when the signal aborted. */
async function arrived(log: SegmentLog, position: number, signal: AbortSignal): Promise<boolean> {
  try {
    await log.changed(position, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw translate(error)
  }
}

/** Undefined when retention was faster than the read. */
async function readUnlessTrimmed(log: SegmentLog, position: number, limits: ReadLimits) {
  try {
    return await log.read(position, limits)
  } catch (error) {
    if (error instanceof SegmentLogError && error.code === 'trimmed') return undefined
    throw translate(error)
  }
}

const codes: Record<SegmentLogErrorCode, LogErrorCode> = {
  closed: 'log/closed',
  failed: 'log/failed',
  corrupt: 'log/failed',
  'too-large': 'log/too-large',
  trimmed: 'log/gap',
  'beyond-end': 'log/beyond-end',
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translate(error)
  }
}

function translate(error: unknown): unknown {
  return error instanceof SegmentLogError ? new LogError(codes[error.code], error.message, { cause: error }) : error
}

/** With another number of partitions a key's records would be in two of them, and its order lost. */
async function refuseOtherPartitioning(dir: string, partitions: number): Promise<void> {
  await mkdir(dir, { recursive: true })
  const present = (await readdir(dir)).filter((name) => /^p-\d{2,}$/.test(name)).length
  if (present > partitions)
    throw new Error(`${dir} holds a log of ${present} partitions; it cannot be opened with ${partitions}`)
}

function partitionFolder(partition: number): string {
  return `p-${String(partition).padStart(2, '0')}`
}
