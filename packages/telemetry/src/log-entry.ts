import { decodeTexts, encodeTexts, type TextColumn } from './log-entry-texts.ts'

/** Who sent the readings; a gateway's batch is known by its boot and number, a replay by its dead letter. */
export type EntrySource =
  | { readonly kind: 'device'; readonly key: string }
  | { readonly kind: 'gateway'; readonly key: string; readonly bootId: string; readonly seq: number }
  | { readonly kind: 'replay'; readonly key: string; readonly deadLetterId: number }

/** What is known of the asset when the readings arrive; frozen, so that history stays true when the machine is sold. Ids are UUIDs. */
export interface EntryAsset {
  readonly assetId: string
  readonly customerId: string
  readonly siteId: string
  readonly modelId: string
}

/**
 * Readings in columns of one length, in order of arrival: the reading `i` says that signal `series[i]` had `values[i]` at
 * `timesMs[i]` (UTC epoch ms). A value is NaN where a bad reading carried none; booleans are 1 and 0. A reading of a text signal
 * has its place in `texts`, also when it carried none, and NaN as its value.
 */
export interface ReadingColumns {
  readonly series: Int32Array
  readonly timesMs: Float64Array
  readonly values: Float64Array
  /** 0 good, 1 uncertain, 2 bad. */
  readonly qualities: Uint8Array
  /** Absent when all readings are numbers, as nearly everywhere. */
  readonly texts?: TextColumn
}

/** One record of the partitioned log: readings of one asset that arrived in one message. */
export interface LogEntry extends EntryAsset, ReadingColumns {
  /** The platform's clock at arrival, UTC epoch ms. */
  readonly receivedAtMs: number
  readonly source: EntrySource
}

export type LogEntryErrorCode = 'entry/unknown-version' | 'entry/damaged'

/** The log holds something that this version cannot read; skipping it would lose readings, so whoever meets it stops. */
export class LogEntryError extends Error {
  readonly code: LogEntryErrorCode

  constructor(code: LogEntryErrorCode, message: string) {
    super(message)
    this.name = 'LogEntryError'
    this.code = code
  }
}

/** An entry of numbers alone is of the first version, so it costs what it did, and a program before texts reads it. */
const numbersOnly = 1
const withTexts = 2
const kinds = ['device', 'gateway', 'replay'] as const

/**
 * Everything is little-endian:
 *
 *      0  u8  version      1  u8  source kind    2  u16 bytes of key   4  u16 bytes of boot id   6  u16 zero
 *      8  u32 readings    12  u32 bytes of texts 16  f64 receivedAtMs  24  f64 seq, dead letter id or zero
 *     32  16 bytes each: asset, customer, site, model
 *     96  key and boot id in UTF-8, zeros up to a multiple of 8
 *         f64 times, f64 values, i32 series, u8 qualities
 *         in version 2 the texts, see `log-entry-texts.ts`; in version 1 their bytes are zero
 */
const fixedBytes = 96
const bytesPerReading = 8 + 8 + 4 + 1

/** The columns may be views of larger arrays. Throws a RangeError when key or boot id exceed 65,535 bytes. */
export function encodeLogEntry(entry: LogEntry): Uint8Array {
  const { source, series, timesMs, values, qualities, texts } = entry
  const count = series.length
  const keyBytes = Buffer.byteLength(source.key)
  const bootId = source.kind === 'gateway' ? source.bootId : ''
  const bootBytes = Buffer.byteLength(bootId)
  const columnsAt = align(fixedBytes + keyBytes + bootBytes)
  const textsAt = columnsAt + count * bytesPerReading
  const textPart = texts && texts.size > 0 ? encodeTexts(texts) : undefined

  // A memory of its own: the pool of Buffer.from would not be aligned.
  const memory = new ArrayBuffer(textsAt + (textPart?.length ?? 0))
  const bytes = Buffer.from(memory)
  bytes.writeUInt8(textPart ? withTexts : numbersOnly, 0)
  bytes.writeUInt8(kinds.indexOf(source.kind), 1)
  bytes.writeUInt16LE(keyBytes, 2)
  bytes.writeUInt16LE(bootBytes, 4)
  bytes.writeUInt32LE(count, 8)
  bytes.writeUInt32LE(textPart?.length ?? 0, 12)
  bytes.writeDoubleLE(entry.receivedAtMs, 16)
  bytes.writeDoubleLE(source.kind === 'gateway' ? source.seq : source.kind === 'replay' ? source.deadLetterId : 0, 24)
  writeUuid(bytes, 32, entry.assetId)
  writeUuid(bytes, 48, entry.customerId)
  writeUuid(bytes, 64, entry.siteId)
  writeUuid(bytes, 80, entry.modelId)
  bytes.write(source.key, fixedBytes)
  bytes.write(bootId, fixedBytes + keyBytes)
  const columns = columnsOf(memory, columnsAt, count)
  columns.timesMs.set(timesMs)
  columns.values.set(values)
  columns.series.set(series)
  columns.qualities.set(qualities)
  textPart?.copy(bytes, textsAt)
  return bytes
}

/** The columns are views of `payload` where its memory allows, so it must not change. Throws LogEntryError. */
export function decodeLogEntry(payload: Uint8Array): LogEntry {
  const bytes = aligned(payload)
  if (bytes.length === 0) throw new LogEntryError('entry/damaged', 'an empty log entry')
  const [version] = bytes
  if (version !== numbersOnly && version !== withTexts) {
    const known = `${numbersOnly} and ${withTexts}`
    throw new LogEntryError('entry/unknown-version', `log entry of version ${version}; this program reads ${known}`)
  }
  const damaged = () => new LogEntryError('entry/damaged', `a log entry of ${bytes.length} bytes does not add up`)
  if (bytes.length < fixedBytes) throw damaged()
  const keyEnd = fixedBytes + bytes.readUInt16LE(2)
  const bootEnd = keyEnd + bytes.readUInt16LE(4)
  const count = bytes.readUInt32LE(8)
  const textsAt = align(bootEnd) + count * bytesPerReading
  const textBytes = version === withTexts ? bytes.readUInt32LE(12) : 0
  if (bytes.length !== textsAt + textBytes) throw damaged()

  const kind = kinds[bytes.readUInt8(1)]
  const key = bytes.toString('utf8', fixedBytes, keyEnd)
  const number = bytes.readDoubleLE(24)
  return {
    assetId: readUuid(bytes, 32),
    customerId: readUuid(bytes, 48),
    siteId: readUuid(bytes, 64),
    modelId: readUuid(bytes, 80),
    receivedAtMs: bytes.readDoubleLE(16),
    source: sourceOf(),
    ...columnsOf(bytes.buffer, bytes.byteOffset + align(bootEnd), count),
    ...(version === withTexts && { texts: textsOf() }),
  }

  function textsOf(): TextColumn {
    const texts = decodeTexts(bytes.subarray(textsAt), count)
    if (!texts) throw damaged()
    return texts
  }

  function sourceOf(): EntrySource {
    switch (kind) {
      case 'device':
        return { kind, key }
      case 'gateway':
        return { kind, key, bootId: bytes.toString('utf8', keyEnd, bootEnd), seq: number }
      case 'replay':
        return { kind, key, deadLetterId: number }
      case undefined:
        throw damaged()
      default:
        return kind satisfies never
    }
  }
}

const align = (offset: number) => (offset + 7) & ~7

/** Float64Array needs offsets of a multiple of 8, and a log hands out slices of larger buffers. */
function aligned(payload: Uint8Array): Buffer {
  if (payload.byteOffset % 8 === 0) return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  return Buffer.from(new Uint8Array(payload).buffer)
}

function columnsOf(memory: ArrayBufferLike, at: number, count: number): ReadingColumns {
  return {
    timesMs: new Float64Array(memory, at, count),
    values: new Float64Array(memory, at + count * 8, count),
    series: new Int32Array(memory, at + count * 16, count),
    qualities: new Uint8Array(memory, at + count * 20, count),
  }
}

function writeUuid(bytes: Buffer, at: number, uuid: string): void {
  const digits = uuid.replaceAll('-', '')
  if (bytes.write(digits, at, 'hex') !== 16) throw new RangeError(`not a UUID: ${uuid}`)
}

function readUuid(bytes: Buffer, at: number): string {
  const digits = bytes.toString('hex', at, at + 16)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`
}
