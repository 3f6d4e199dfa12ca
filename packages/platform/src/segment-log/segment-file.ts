import { join } from 'node:path'
import { decodeFrame, hasGroupAfter } from './record.ts'
import type { SegmentFileHandle, SegmentFiles } from './segment-files.ts'
import { SegmentLogError } from './segment-log-error.ts'

/** A frame boundary in a segment file: the byte offset, and the position of the next record from there on. */
export interface Place {
  position: number
  offset: number
}

/** One file of the log. `bytes` counts only what is durable. */
export interface Segment {
  readonly path: string
  /** Position of its first record; also the name of the file. */
  readonly first: number
  /** Position after its last record. */
  next: number
  bytes: number
  /** Epoch ms of the last append. */
  modifiedMs: number
  /** Known places in rising order, the first being the start; found by appending and reading, at least `indexStepBytes` apart. */
  readonly places: Place[]
}

const indexStepBytes = 64 * 1024
const readWindowBytes = 256 * 1024
const recoveryWindowBytes = 1024 * 1024

/** Twenty digits sort as text like the numbers they are. */
export function segmentPath(dir: string, first: number): string {
  return join(dir, `${String(first).padStart(20, '0')}.seg`)
}

/** The first position of a segment by its file name; undefined for a file that is none of ours. */
export function firstOfName(name: string): number | undefined {
  return /^\d{20}\.seg$/.test(name) ? Number(name.slice(0, 20)) : undefined
}

export function newSegment(dir: string, first: number, modifiedMs: number): Segment {
  return {
    path: segmentPath(dir, first),
    first,
    next: first,
    bytes: 0,
    modifiedMs,
    places: [{ position: first, offset: 0 }],
  }
}

/** Remembers a place, so that a later read starts near it. */
export function notePlace(segment: Segment, place: Place): void {
  const last = segment.places.at(-1)
  if (!last || place.offset >= last.offset + indexStepBytes) segment.places.push(place)
}

/**
 * Opens the newest segment after a stop or a crash: finds its records, cuts off an unfinished write and syncs what
 * remains (a killed process may have left it in the page cache only). Returns how many bytes were cut off. Throws
 * `corrupt` when the damage lies before records that had been acknowledged.
 */
export async function recoverSegment(segment: Segment, fileBytes: number, handle: SegmentFileHandle): Promise<number> {
  const start = { position: segment.first, offset: 0 }
  const { place, damage } = await scan(handle, start, fileBytes, recoveryWindowBytes, (_, at) => {
    notePlace(segment, at)
    return true
  })
  if (damage) {
    const rest = await readBytes(handle, place.offset, fileBytes - place.offset)
    if (hasGroupAfter(rest, place.position)) throw corrupt(segment, place, damage)
    await handle.truncate(place.offset)
  }
  await handle.datasync()
  segment.next = place.position
  segment.bytes = place.offset
  return fileBytes - place.offset
}

/**
 * Reads records from `from` on until `take` answers false or the segment ends. Damage is thrown as `corrupt` only when it
 * is the first thing met, so that the good records before it are still delivered.
 */
export async function readSegment(
  files: SegmentFiles,
  segment: Segment,
  from: number,
  take: (position: number, payload: Uint8Array) => boolean,
): Promise<void> {
  const start = segment.places.findLast((place) => place.position <= from) ?? { position: segment.first, offset: 0 }
  const { bytes, next } = segment // as of now: an append may go on meanwhile
  const handle = await files.open(segment.path, 'read')
  try {
    let taken = 0
    const { place, damage } = await scan(handle, start, bytes, readWindowBytes, (payload, at) => {
      notePlace(segment, at)
      if (at.position < from) return true
      taken += 1
      return take(at.position, payload)
    })
    if (taken > 0) return
    throw corrupt(segment, place, damage ?? `the file ends at record ${place.position}, but should reach ${next}`)
  } finally {
    await handle.close()
  }
}

interface Scanned {
  /** Where the scan ended: after the last good record that was visited. */
  place: Place
  /** Set when it ended at a frame that is damaged or cut off. */
  damage?: string
}

async function scan(
  handle: SegmentFileHandle,
  start: Place,
  endOffset: number,
  windowBytes: number,
  visit: (payload: Uint8Array, at: Place) => boolean,
): Promise<Scanned> {
  let { position, offset } = start
  const damaged = (damage: string): Scanned => ({ place: { position, offset }, damage })
  let neededBytes = 1
  while (offset < endOffset) {
    if (offset + neededBytes > endOffset) return damaged('unfinished record')
    // A fresh buffer each time: the payloads handed out are views into it.
    const window = await readBytes(handle, offset, Math.min(Math.max(windowBytes, neededBytes), endOffset - offset))
    if (window.length < neededBytes) return damaged('the file is shorter than it was')
    let at = 0
    for (;;) {
      const frame = decodeFrame(window, at)
      if (frame.kind === 'corrupt') return damaged(frame.reason)
      if (frame.kind === 'incomplete') {
        neededBytes = frame.bytes
        break
      }
      if (frame.kind === 'group') {
        if (frame.position !== position) return damaged(`group of record ${frame.position} where ${position} is due`)
      } else {
        const goOn = visit(frame.payload, { position, offset })
        position += 1
        if (!goOn) {
          offset += frame.bytes
          return { place: { position, offset } }
        }
      }
      at += frame.bytes
      offset += frame.bytes
    }
  }
  return { place: { position, offset } }
}

/** Reads `length` bytes at `offset`, fewer only at the end of the file. */
async function readBytes(handle: SegmentFileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** Writes all of `bytes` at `offset`; a short write goes on with the rest. */
export async function writeBytes(handle: SegmentFileHandle, bytes: Buffer, offset: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, offset + written)
    written += bytesWritten
  }
}

function corrupt({ path }: Segment, { position, offset }: Place, damage: string): SegmentLogError {
  return new SegmentLogError('corrupt', `${path} is damaged at offset ${offset} (record ${position}): ${damage}`)
}
