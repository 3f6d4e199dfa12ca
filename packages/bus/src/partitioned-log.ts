/** One entry of a partition. */
export interface LogRecord {
  /** Rises within the partition; never reused. */
  position: number
  payload: Uint8Array
}

/** What a consumer is handed: at least one record, in order, of one partition. */
export interface LogBatch {
  partition: number
  records: readonly LogRecord[]
  /** Save this with the effect of the batch: it is where to go on. */
  next: number
}

/** Records that retention deleted before the consumer came to them: positions `from` up to, but not including, `first`. */
export interface LogGap {
  partition: number
  from: number
  first: number
}

export interface ConsumeOptions {
  partition: number
  /** A saved `next`, or the oldest record, or only what is appended from now on. */
  from: number | 'start' | 'end'
  /** Bounds of one batch; default 500 records and 1 MiB. A larger single record is still delivered, alone. */
  maxRecords?: number
  maxBytes?: number
  /** Ends the consuming: `consume` resolves after the batch in hand. */
  signal: AbortSignal
  /** Told when records are lost to this consumer, which then goes on at the oldest one. Without it that ends `consume` with `log/gap`. */
  onGap?: (gap: LogGap) => void
}

/**
 * The middle of everything: an ordered, durable, replayable log in partitions. Several consumers read it, each at its own
 * pace and each keeping its own position. The adapters (segment files, NATS JetStream) pass one conformance suite.
 */
export interface PartitionedLog {
  readonly partitions: number
  /**
   * Resolves with the record's position once it is durable. Records of a partition keep the order of the calls. The caller
   * must not change `payload` until then. Rejects with `log/too-large`, `log/closed`, `log/failed` or `log/no-partition`.
   */
  append(partition: number, payload: Uint8Array): Promise<number>
  /**
   * Hands batches to `handle`, one at a time, until `signal` aborts; the next batch is read only when the last is handled,
   * so a slow consumer holds no memory. The handler saves `batch.next` in the same transaction as its effect. A handler
   * that throws ends `consume` with that error. Rejects with `log/gap`, `log/beyond-end`, `log/closed` or `log/failed`.
   */
  consume(options: ConsumeOptions, handle: (batch: LogBatch) => Promise<void>): Promise<void>
  /** Position of the oldest record, and the position that the next one will have; equal when there is none. */
  bounds(partition: number): Promise<{ first: number; next: number }>
  /** Allows the log to delete records before the position; it may keep some of them. */
  trim(partition: number, before: number): Promise<void>
  /** Waits for the appends under way. Consumers that still run end with `log/closed`. */
  close(): Promise<void>
}

/**
 * - `log/closed`: the log was closed.
 * - `log/failed`: storage or connection failed; what was being appended may or may not be stored.
 * - `log/too-large`: the payload exceeds what the log takes.
 * - `log/no-partition`: there is no such partition.
 * - `log/gap`: records were deleted before the consumer came to them.
 * - `log/beyond-end`: the saved position lies behind the end, so it was saved from another log.
 */
export type LogErrorCode =
  'log/closed' | 'log/failed' | 'log/too-large' | 'log/no-partition' | 'log/gap' | 'log/beyond-end'

export class LogError extends Error {
  readonly code: LogErrorCode

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LogError'
    this.code = code
  }
}

/**
 * The partition of a key, such as an asset's id: FNV-1a (32 bit) of its UTF-8 bytes, modulo the number of partitions. This
 * never changes, since all records of a key must stay in one partition. It is simple to compute in any language.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % partitions
}
