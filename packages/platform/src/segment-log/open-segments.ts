import type { Clock } from '../clock.ts'
import {
  firstOfName,
  newSegment,
  notePlace,
  recoverSegment,
  segmentPath,
  writeBytes,
  type Segment,
} from './segment-file.ts'
import type { SegmentFileHandle, SegmentFiles } from './segment-files.ts'
import { SegmentLogError } from './segment-log-error.ts'

/** What may be deleted without being asked: oldest segments first, whole ones only, never the one being written. */
export interface Retention {
  /** Delete while the log is larger than this. */
  maxBytes?: number
  /** Delete segments whose last record is older than this. */
  maxAgeMs?: number
}

export interface SegmentsOptions {
  dir: string
  segmentBytes: number
  retention: Retention
  clock: Clock
  files: SegmentFiles
}

/** The files of one log: writes go to the newest, deletion takes the oldest. */
export interface Segments {
  readonly first: number
  /** Position after the last durable record. */
  readonly next: number
  /** Makes an encoded group of `count` records durable, in a new segment when the current one is full. One call at a time. */
  write(group: Buffer, count: number): Promise<void>
  /** The segment with the record at `position`, or the newest for the end; throws `trimmed` or `beyond-end`. */
  holding(position: number): Segment
  /** Deletes the segments that lie entirely before `position`. */
  removeBefore(position: number): Promise<void>
  /** Deletes what the retention allows. */
  retain(): Promise<void>
  stats(): { bytes: number; segments: number; first: number; next: number; droppedBytes: number }
  close(): Promise<void>
}

export async function openSegments({ dir, segmentBytes, retention, clock, files }: SegmentsOptions): Promise<Segments> {
  await files.makeFolder(dir)
  const older = await findSegments(dir, files)
  let newest = older.pop()
  let handle: SegmentFileHandle
  let droppedBytes = 0
  if (newest) {
    handle = await files.open(newest.path, 'write')
    droppedBytes = await recoverSegment(newest, newest.bytes, handle).catch(async (error: unknown) => {
      await handle.close()
      throw error
    })
  } else {
    newest = newSegment(dir, 0, clock.now())
    handle = await create(newest)
  }
  const segments = [...older, newest]
  let active = newest
  let removal: Promise<void> = Promise.resolve()

  async function create(segment: Segment): Promise<SegmentFileHandle> {
    const created = await files.open(segment.path, 'create')
    try {
      await files.syncFolder(dir)
      return created
    } catch (error) {
      await created.close()
      throw error
    }
  }

  /** The old segment is complete and synced here: recovery relies on only the newest having an unfinished end. */
  async function beginSegment(): Promise<void> {
    const segment = newSegment(dir, active.next, clock.now())
    const created = await create(segment)
    const full = handle
    handle = created
    active = segment
    segments.push(segment)
    await full.close()
  }

  /** Removals run one after another and oldest first, so that a crash in between leaves no gap. */
  function removeWhile(removable: (oldest: Segment) => boolean): Promise<void> {
    const run = async (): Promise<void> => {
      let removed = 0
      for (let oldest = segments[0]; oldest && oldest !== active && removable(oldest); oldest = segments[0]) {
        await files.remove(oldest.path)
        segments.shift()
        removed += 1
      }
      if (removed > 0) await files.syncFolder(dir)
    }
    const mine = removal.then(run)
    removal = mine.catch(() => {}) // reported to whoever asked for this removal
    return mine
  }

  const totalBytes = () => segments.reduce((sum, segment) => sum + segment.bytes, 0)
  const firstPosition = () => (segments[0] ?? active).first

  return {
    get first() {
      return firstPosition()
    },
    get next() {
      return active.next
    },
    async write(group, count) {
      // By records, not by bytes: a cut may have left a group header alone, and then the new name would be the old one.
      if (active.next > active.first && active.bytes + group.length > segmentBytes) await beginSegment()
      await writeBytes(handle, group, active.bytes)
      await handle.datasync()
      notePlace(active, { position: active.next, offset: active.bytes })
      active.bytes += group.length
      active.next += count
      active.modifiedMs = clock.now()
    },
    holding(position) {
      if (position > active.next || !Number.isSafeInteger(position)) {
        throw new SegmentLogError('beyond-end', `there is no record ${position}: ${dir} ends at ${active.next}`)
      }
      const segment = segments.findLast(({ first }) => first <= position)
      if (segment) return segment
      throw new SegmentLogError('trimmed', `record ${position} was deleted: ${dir} begins at ${firstPosition()}`)
    },
    removeBefore: (position) => removeWhile((oldest) => oldest.next <= position),
    retain() {
      const { maxBytes = Infinity, maxAgeMs = Infinity } = retention
      const oldestAllowedMs = clock.now() - maxAgeMs
      const removable = (oldest: Segment) => totalBytes() > maxBytes || oldest.modifiedMs < oldestAllowedMs
      return segments[0] && segments[0] !== active && removable(segments[0])
        ? removeWhile(removable)
        : Promise.resolve()
    },
    stats: () => ({
      bytes: totalBytes(),
      segments: segments.length,
      first: firstPosition(),
      next: active.next,
      droppedBytes,
    }),
    async close() {
      await removal
      await handle.close()
    },
  }
}

/** The segments in the folder, oldest first; the records of the newest are not counted yet. */
async function findSegments(dir: string, files: SegmentFiles): Promise<Segment[]> {
  const firsts = (await files.list(dir)).flatMap((name) => firstOfName(name) ?? []).sort((a, b) => a - b)
  const found: Segment[] = []
  for (const [i, first] of firsts.entries()) {
    const { bytes, modifiedMs } = await files.stat(segmentPath(dir, first))
    found.push({ ...newSegment(dir, first, modifiedMs), bytes, next: firsts[i + 1] ?? first })
  }
  return found
}
