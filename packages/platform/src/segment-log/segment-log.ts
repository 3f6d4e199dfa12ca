import { systemClock, type Clock } from '../clock.ts'
import { arrivals } from './arrivals.ts'
import { groupCommit } from './group-commit.ts'
import { openSegments, type Retention } from './open-segments.ts'
import { encodeGroup, maxPayloadBytes, type SegmentRecord } from './record.ts'
import { recentRecords } from './recent-records.ts'
import { readSegment } from './segment-file.ts'
import { nodeFiles, type SegmentFiles } from './segment-files.ts'
import { SegmentLogError } from './segment-log-error.ts'

export interface SegmentLogOptions {
  /** Folder of the log; made when missing. One process at a time: the caller holds the lock of its data folder. */
  dir: string
  /** A segment is closed and the next one begun at this size; default 64 MiB. */
  segmentBytes?: number
  retention?: Retention
  /** How much of the newest data is kept in memory for consumers that keep up; default 4 MiB. */
  recentBytes?: number
  clock?: Clock
  files?: SegmentFiles
  /** Told when retention cannot delete a segment. The log works on and tries again with the next group. */
  onRetentionError?: (error: unknown) => void
}

export interface ReadLimits {
  maxRecords?: number
  /** A single record that is larger is still delivered, alone. */
  maxBytes?: number
}

export interface SegmentLogStats {
  bytes: number
  segments: number
  first: number
  next: number
  /** Groups written since the log was opened; each cost one sync. */
  groups: number
  /** Bytes of an unfinished write that were cut off when the log was opened. */
  droppedBytes: number
}

export interface SegmentLog {
  /** Position of the oldest record that is still here; equal to `nextPosition` when there is none. */
  readonly firstPosition: number
  /** Position that the next durable record will have. */
  readonly nextPosition: number
  /**
   * Stores one record and resolves with its position once it is on the medium (written and synced). Appends resolve in the
   * order of the calls. The caller must not change `payload` until then, and bounds how many appends it leaves unawaited.
   * Rejects with `too-large`, `closed` or `failed`.
   */
  append(payload: Uint8Array): Promise<number>
  /** Like `append` for several records, at least one, at consecutive positions; resolves with the first of these. A crash
   * before that may keep only the first ones. */
  appendAll(payloads: readonly Uint8Array[]): Promise<number>
  /**
   * Durable records from position `from` on, at most 500 and 1 MiB unless told otherwise; none only when `from` is
   * `nextPosition`. `next` is where to go on. Rejects with `trimmed`, `beyond-end`, `corrupt` or `closed`.
   */
  read(from: number, limits?: ReadLimits): Promise<{ records: SegmentRecord[]; next: number }>
  /**
   * Resolves when there is a durable record at `from`. Rejects with the signal's reason when it aborts, and with
   * `closed` or `failed` when nothing can arrive any more.
   */
  changed(from: number, signal: AbortSignal): Promise<void>
  /** Deletes the segments that lie entirely before the position; records before it in the remaining segment stay readable. */
  trim(before: number): Promise<void>
  stats(): SegmentLogStats
  /** Waits for the appends under way, then closes. Whoever waits in `changed` gets `closed`. */
  close(): Promise<void>
}

/** Bounds what one sync puts at stake and how long the first in a group waits. */
const maxGroupBytes = 4 * 1024 * 1024

/**
 * Opens a durable append-only log: numbered records in segment files, written with group commit. After a crash the log
 * holds every acknowledged record and perhaps some that were being written, never a gap; see `stats().droppedBytes`.
 * Rejects with `corrupt`, naming file and offset, when acknowledged records of the newest segment are damaged; damage in
 * older segments shows when they are read.
 */
export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  const { clock = systemClock, files = nodeFiles, recentBytes = 4 * 1024 * 1024 } = options
  const { dir, segmentBytes = 64 * 1024 * 1024, retention = {}, onRetentionError = () => {} } = options
  const segments = await openSegments({ dir, segmentBytes, retention, clock, files })
  const recent = recentRecords(recentBytes)
  const waiting = arrivals(segments.next)
  let groups = 0
  let closing: Promise<void> | undefined

  const group = groupCommit({
    maxGroupBytes,
    async commit(payloads) {
      const first = segments.next
      const encoded = encodeGroup(first, payloads)
      await segments.write(encoded.bytes, payloads.length)
      groups += 1
      recent.add(first, encoded.payloads, encoded.bytes.length)
      waiting.announce(segments.next)
      void segments.retain().catch(onRetentionError)
      return first
    },
    onRefusal: (error) => waiting.refuse(error),
  })

  function appendAll(payloads: readonly Uint8Array[]): Promise<number> {
    if (payloads.length === 0) return Promise.reject(new RangeError('appendAll: no payloads'))
    const largest = payloads.reduce((max, payload) => Math.max(max, payload.byteLength), 0)
    if (largest > maxPayloadBytes) {
      const message = `a payload of ${largest} bytes exceeds the maximum of ${maxPayloadBytes}`
      return Promise.reject(new SegmentLogError('too-large', message))
    }
    return group.append(payloads)
  }

  async function read(from: number, { maxRecords = 500, maxBytes = 1024 * 1024 }: ReadLimits = {}) {
    if (group.refusal?.code === 'closed') throw group.refusal
    const segment = segments.holding(from)
    const records: SegmentRecord[] = []
    let bytes = 0
    /** False when the batch is full; the record that would overfill it is left for the next read. */
    const take = (position: number, payload: Uint8Array): boolean => {
      if (records.length > 0 && bytes + payload.byteLength > maxBytes) return false
      records.push({ position, payload })
      bytes += payload.byteLength
      return records.length < maxRecords && bytes < maxBytes
    }
    const hot = recent.from(from)
    if (from === segments.next) return { records, next: from }
    if (hot) {
      for (const { position, payload } of hot) if (!take(position, payload)) break
    } else {
      await readSegment(files, segment, from, take).catch((error: unknown) => {
        segments.holding(from) // throws `trimmed` when the segment was deleted meanwhile
        throw error
      })
    }
    return { records, next: from + records.length }
  }

  return {
    get firstPosition() {
      return segments.first
    },
    get nextPosition() {
      return segments.next
    },
    append: (payload) => appendAll([payload]),
    appendAll,
    read,
    changed: (from, signal) => waiting.wait(from, signal),
    trim: (before) => segments.removeBefore(before),
    stats: () => ({ ...segments.stats(), groups }),
    close() {
      closing ??= group.close().then(() => segments.close())
      return closing
    },
  }
}
