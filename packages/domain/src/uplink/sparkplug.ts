import { shortestFloat32 } from './float32.ts'
import {
  datatypes,
  metricTags,
  payloadTags,
  propertySetTags,
  propertyTags,
  Reader,
  readFields,
  readNested,
  readUint64,
} from './sparkplug-wire.ts'

export type SparkplugValue = number | boolean | string

/** A metric as it stands in a payload. In data messages the name or the datatype may be known only from the birth. */
export interface SparkplugMetric {
  name?: string
  /** Unsigned 64 bits, in decimal digits. */
  alias?: string
  /** Epoch ms of the source, unchecked. */
  timestampMs?: number
  datatype?: number
  /** Not the current value but one of before, with its own time. */
  isHistorical: boolean
  isNull: boolean
  /** The code of the property `Quality`: 0 bad, 192 good, 500 stale. */
  qualityCode?: number
  /** Integers as the bits that came, for only the datatype says whether they are signed. Absent: no simple value. */
  raw?: bigint | SparkplugValue
}

export interface SparkplugPayload {
  timestampMs?: number
  /** 0–255, counted by the edge node over all its messages; unchecked. */
  seq?: number
  metrics: SparkplugMetric[]
}

export type DecodedSparkplug = { ok: true; payload: SparkplugPayload } | { ok: false; detail: string }

/**
 * Decodes a Sparkplug B payload (Eclipse Sparkplug 3.0, chapter 6). Never throws: what is no such payload, or is
 * compressed, is refused with a detail that a person can act on.
 */
export function decodeSparkplug(bytes: Uint8Array): DecodedSparkplug {
  try {
    const { uuid, ...payload } = readPayload(Reader.create(bytes))
    if (uuid === 'SPBV1.0_COMPRESSED') return { ok: false, detail: 'compressed payloads are not taken' }
    return { ok: true, payload }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * The value of a metric by the datatype that its birth or the metric itself gave. Undefined when it is no simple value:
 * sets, arrays, bytes, or an integer of which nobody said how it is to be read.
 */
export function valueOf({ raw }: SparkplugMetric, datatype: number | undefined): SparkplugValue | undefined {
  if (typeof raw !== 'bigint') return raw
  const read = datatype === undefined ? undefined : integers.get(datatype)
  return read && Number(read(raw))
}

/** Signed types come as two's complement in an unsigned field. Beyond ±2^53 a reading loses its last digits. */
const integers = new Map<number, (raw: bigint) => bigint>([
  [datatypes.Int8, (raw) => BigInt.asIntN(8, raw)],
  [datatypes.Int16, (raw) => BigInt.asIntN(16, raw)],
  [datatypes.Int32, (raw) => BigInt.asIntN(32, raw)],
  [datatypes.Int64, (raw) => BigInt.asIntN(64, raw)],
  [datatypes.UInt8, (raw) => BigInt.asUintN(8, raw)],
  [datatypes.UInt16, (raw) => BigInt.asUintN(16, raw)],
  [datatypes.UInt32, (raw) => BigInt.asUintN(32, raw)],
  [datatypes.UInt64, (raw) => raw],
  [datatypes.DateTime, (raw) => raw],
])

function readPayload(reader: Reader): SparkplugPayload & { uuid?: string } {
  const payload: SparkplugPayload & { uuid?: string } = { metrics: [] }
  readFields(reader, reader.len, (tag) => {
    switch (tag) {
      case payloadTags.timestamp:
        payload.timestampMs = Number(readUint64(reader))
        return true
      case payloadTags.metrics:
        payload.metrics.push(readMetric(reader))
        return true
      case payloadTags.seq:
        payload.seq = Number(readUint64(reader))
        return true
      case payloadTags.uuid:
        payload.uuid = reader.string()
        return true
      default:
        return false
    }
  })
  return payload
}

function readMetric(reader: Reader): SparkplugMetric {
  const metric: SparkplugMetric = { isHistorical: false, isNull: false }
  readNested(reader, (tag) => {
    switch (tag) {
      case metricTags.name:
        metric.name = reader.string()
        return true
      case metricTags.alias:
        metric.alias = readUint64(reader).toString()
        return true
      case metricTags.timestamp:
        metric.timestampMs = Number(readUint64(reader))
        return true
      case metricTags.datatype:
        metric.datatype = reader.uint32()
        return true
      case metricTags.isHistorical:
        metric.isHistorical = reader.bool()
        return true
      case metricTags.isNull:
        metric.isNull = reader.bool()
        return true
      case metricTags.properties: {
        const code = readQuality(reader)
        if (code !== undefined) metric.qualityCode = code
        return true
      }
      default: {
        const raw = readValue(reader, tag)
        if (raw === undefined) return false
        metric.raw = raw
        return true
      }
    }
  })
  return metric
}

function readValue(reader: Reader, tag: number): SparkplugMetric['raw'] {
  switch (tag) {
    case metricTags.intValue:
      return BigInt(reader.uint32())
    case metricTags.longValue:
      return readUint64(reader)
    case metricTags.floatValue:
      return shortestFloat32(reader.float())
    case metricTags.doubleValue:
      return reader.double()
    case metricTags.booleanValue:
      return reader.bool()
    case metricTags.stringValue:
      return reader.string()
    default:
      return undefined
  }
}

/** A property set has its keys and its values in two lists of the same order. */
function readQuality(reader: Reader): number | undefined {
  const keys: string[] = []
  const codes: (number | undefined)[] = []
  readNested(reader, (tag) => {
    if (tag === propertySetTags.keys) keys.push(reader.string())
    else if (tag === propertySetTags.values) codes.push(readCode(reader))
    else return false
    return true
  })
  return codes[keys.indexOf('Quality')]
}

function readCode(reader: Reader): number | undefined {
  let code: number | undefined
  readNested(reader, (tag) => {
    if (tag === propertyTags.intValue) code = reader.int32()
    else if (tag === propertyTags.longValue) code = Number(BigInt.asIntN(64, readUint64(reader)))
    else return false
    return true
  })
  return code
}
