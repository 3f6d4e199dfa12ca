import protobuf from 'protobufjs/minimal.js'

/**
 * The protobuf wire format of a Sparkplug B payload (`sparkplug_b.proto` of Eclipse Sparkplug 3.0), by field numbers. Read
 * and written by hand because only a few fields matter here, and because a compiled schema would have to be generated code.
 */

export const { Reader, Writer } = protobuf
export type Reader = protobuf.Reader

const wireTypes = { varint: 0, bytes: 2, fixed64: 1, fixed32: 5 } as const

/** What stands before a field on the wire. A known number with another wire type is an unknown field, as protobuf has it. */
const tag = (field: number, type: keyof typeof wireTypes) => (field << 3) | wireTypes[type]

export const payloadTags = {
  timestamp: tag(1, 'varint'),
  metrics: tag(2, 'bytes'),
  seq: tag(3, 'varint'),
  uuid: tag(4, 'bytes'),
} as const

export const metricTags = {
  name: tag(1, 'bytes'),
  alias: tag(2, 'varint'),
  timestamp: tag(3, 'varint'),
  datatype: tag(4, 'varint'),
  isHistorical: tag(5, 'varint'),
  isNull: tag(7, 'varint'),
  properties: tag(9, 'bytes'),
  intValue: tag(10, 'varint'),
  longValue: tag(11, 'varint'),
  floatValue: tag(12, 'fixed32'),
  doubleValue: tag(13, 'fixed64'),
  booleanValue: tag(14, 'varint'),
  stringValue: tag(15, 'bytes'),
} as const

export const propertySetTags = { keys: tag(1, 'bytes'), values: tag(2, 'bytes') } as const
export const propertyTags = { intValue: tag(3, 'varint'), longValue: tag(4, 'varint') } as const

/** The data types whose values are a reading. Others are sets, arrays, files and templates. */
export const datatypes = {
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
  DateTime: 13,
  Text: 14,
  UUID: 15,
} as const

/**
 * Calls `read` with each tag up to `end`; where it answers false, the field is skipped. Throws when a field reaches beyond
 * the message or is no protobuf at all.
 */
export function readFields(reader: Reader, end: number, read: (tag: number) => boolean): void {
  while (reader.pos < end) {
    const found = reader.uint32()
    if (!read(found)) reader.skipType(found & 7)
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message')
}

/** Reads a message inside another one; the reader stands before its length. */
export function readNested(reader: Reader, read: (tag: number) => boolean): void {
  const length = reader.uint32()
  const end = reader.pos + length
  if (end > reader.len) throw new RangeError(`a message of ${length} bytes was cut off`)
  readFields(reader, end, read)
}

/** A varint of up to 64 bits without a sign, exactly. */
export function readUint64(reader: Reader): bigint {
  const { high, low } = reader.uint64()
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}
