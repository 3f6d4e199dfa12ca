import { crc32 } from 'node:zlib'

export interface SegmentRecord {
  /** Sequence number of the record: 0, 1, 2 … over the life of the log. */
  position: number
  payload: Uint8Array
}

/*
 * The bytes of a segment file, all integers little-endian:
 *
 *   file   = group*
 *   group  = header record+                            what one write and one sync made durable together
 *   header = magic u32 "FTLG" | crc32 u32 of the rest | position u64 of the group's first record
 *   record = length u32 | crc32 u32 of length and payload | payload
 *
 * A group is written only after the one before it was synced. So damage that is followed by a whole group header is
 * damage to acknowledged records (corruption), and damage with none behind it is an unfinished write (a torn tail).
 * The checksum covers the length, else a run of zeros, which a power cut can leave, would read as empty records.
 */

/** The largest payload of one record, in bytes. */
export const maxPayloadBytes = 16 * 1024 * 1024

export const groupHeaderBytes = 16
export const recordHeaderBytes = 8

/** "FTLG"; as a length it would be far above `maxPayloadBytes`, so header and record cannot be mistaken. */
const magic = Buffer.from('FTLG', 'latin1')
const magicNumber = magic.readUInt32LE(0)

/** A group as it goes to disk; `payloads` are views into `bytes`, independent of the memory they were given in. */
export interface EncodedGroup {
  bytes: Buffer
  payloads: Uint8Array[]
}

export function encodeGroup(position: number, payloads: readonly Uint8Array[]): EncodedGroup {
  const size = payloads.reduce((sum, payload) => sum + recordHeaderBytes + payload.byteLength, groupHeaderBytes)
  const bytes = Buffer.allocUnsafeSlow(size)
  bytes.writeUInt32LE(magicNumber, 0)
  bytes.writeBigUInt64LE(BigInt(position), 8)
  bytes.writeUInt32LE(crc32(bytes.subarray(8, groupHeaderBytes)), 4)
  let at = groupHeaderBytes
  const copies = payloads.map((payload) => {
    const copy = bytes.subarray(at + recordHeaderBytes, at + recordHeaderBytes + payload.byteLength)
    copy.set(payload)
    bytes.writeUInt32LE(payload.byteLength, at)
    bytes.writeUInt32LE(recordChecksum(bytes, at, copy), at + 4)
    at += recordHeaderBytes + payload.byteLength
    return copy
  })
  return { bytes, payloads: copies }
}

/** What stands at a place in a segment file; `bytes` is its size on disk. */
export type Decoded =
  | { kind: 'group'; position: number; bytes: number }
  | { kind: 'record'; payload: Uint8Array; bytes: number }
  /** The buffer ends before the frame does; `bytes` is how much is needed to go on. */
  | { kind: 'incomplete'; bytes: number }
  | { kind: 'corrupt'; reason: string }

/** Decodes the frame at offset `at`. A payload is a view into `buffer`. */
export function decodeFrame(buffer: Buffer, at: number): Decoded {
  const available = buffer.length - at
  if (available < recordHeaderBytes) return { kind: 'incomplete', bytes: recordHeaderBytes }
  const length = buffer.readUInt32LE(at)
  if (length === magicNumber) return decodeGroupHeader(buffer, at)
  if (length > maxPayloadBytes) return { kind: 'corrupt', reason: `impossible record length ${length}` }
  const bytes = recordHeaderBytes + length
  if (available < bytes) return { kind: 'incomplete', bytes }
  const payload = buffer.subarray(at + recordHeaderBytes, at + bytes)
  if (recordChecksum(buffer, at, payload) !== buffer.readUInt32LE(at + 4)) {
    return { kind: 'corrupt', reason: 'record checksum mismatch' }
  }
  return { kind: 'record', payload, bytes }
}

function decodeGroupHeader(buffer: Buffer, at: number): Decoded {
  if (buffer.length - at < groupHeaderBytes) return { kind: 'incomplete', bytes: groupHeaderBytes }
  if (crc32(buffer.subarray(at + 8, at + groupHeaderBytes)) !== buffer.readUInt32LE(at + 4)) {
    return { kind: 'corrupt', reason: 'group checksum mismatch' }
  }
  return { kind: 'group', position: Number(buffer.readBigUInt64LE(at + 8)), bytes: groupHeaderBytes }
}

/** True when a whole group header stands in `buffer` for a group that begins after `position`. */
export function hasGroupAfter(buffer: Buffer, position: number): boolean {
  for (let at = buffer.indexOf(magic); at !== -1; at = buffer.indexOf(magic, at + 1)) {
    const decoded = decodeGroupHeader(buffer, at)
    if (decoded.kind === 'group' && decoded.position > position) return true
  }
  return false
}

function recordChecksum(buffer: Buffer, at: number, payload: Uint8Array): number {
  return crc32(payload, crc32(buffer.subarray(at, at + 4)))
}
