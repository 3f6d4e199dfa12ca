import { QUALITY, UPLINK_LIMITS, type Quality } from '@fettle/contracts/uplink'
import { shortestFloat32 } from '@fettle/domain/uplink/float32'
import { compileScaling, type Scale } from '../scaling.ts'

/** What the decoder needs of the library's DataValue, so that it can be tested without it. */
export interface Sample {
  value?: Variant | null
  statusCode: { value: number; name?: string }
  sourceTimestamp?: Date | null
  serverTimestamp?: Date | null
}

/** `dataType` is the number of a built-in type (OPC UA Part 6, 5.1.2), `arrayType` 0 for a single value. */
export interface Variant {
  dataType: number
  arrayType: number
  value: unknown
}

export interface Decoded {
  value: number | string | null
  quality: Quality
  /** When the value was so, epoch ms: the source's time, else the server's. Absent when neither has a clock. */
  tsMs?: number
  /** What is wrong with the kind of the value: the node is none that a signal can be fed from. */
  fault?: string
}

export type Decode = (sample: Sample) => Decoded

/** Longer texts are no states of a machine; they would only crowd the spool. */
const longestText = 4_096

/**
 * Compiles the decoder of one tag. Quality is the severity of the StatusCode; a value that is missing, or no finite
 * number, is `null` and bad; a bad value is kept where there is one, for a broken sensor's last word may help.
 */
export function compileDecode(scale: Scale): Decode {
  const scaled = compileScaling(scale)
  return (sample) => {
    const tsMs = timeOf(sample)
    const time = tsMs === undefined ? {} : { tsMs }
    const content = denialOf(sample.statusCode.name) ?? contentOf(sample.value)
    if ('fault' in content) return { value: null, quality: QUALITY.bad, ...time, ...content }
    const value = content.scalable ? finite(scaled(content.value)) : content.value
    const quality = value === null ? QUALITY.bad : qualityOf(sample.statusCode.value)
    return { value, quality, ...time }
  }
}

/** The two highest bits of a StatusCode are its severity (Part 4, 7.39.1); 3 is reserved, so nobody may rely on it. */
export function qualityOf(statusCode: number): Quality {
  const severity = statusCode >>> 30
  if (severity === 0) return QUALITY.good
  return severity === 1 ? QUALITY.uncertain : QUALITY.bad
}

/** Whether the server had to drop values before this one, for its queue was full (Part 4, 7.39.1: InfoType and Overflow). */
export const hasOverflowed = (statusCode: number): boolean => (statusCode & 0x0c80) === 0x0480

/** Statuses that no sensor causes: somebody has to look at the configuration, or at the server. */
const denials = new Set([
  'BadNodeIdUnknown',
  'BadNodeIdInvalid',
  'BadAttributeIdInvalid',
  'BadNotReadable',
  'BadUserAccessDenied',
])

/** The server no longer has the node; what it watched there does not come back with it. */
export const isGone = ({ statusCode: { name = '' } }: Sample): boolean =>
  name === 'BadNodeIdUnknown' || name === 'BadNodeIdInvalid'

const denialOf = (status: string | undefined): Content | undefined =>
  status !== undefined && denials.has(status) ? { fault: `cannot be read (${status})` } : undefined

/** A time before 2000 comes from a clock that was never set (OPC UA's zero is the year 1601). */
function timeOf({ sourceTimestamp, serverTimestamp }: Sample): number | undefined {
  return [sourceTimestamp, serverTimestamp]
    .map((time) => time?.getTime() ?? NaN)
    .find((time) => time >= UPLINK_LIMITS.earliestMs)
}

type Content =
  { scalable: true; value: number } | { scalable: false; value: number | string | null } | { fault: string }

const types: Readonly<Record<number, string>> = {
  1: 'Boolean',
  2: 'SByte',
  3: 'Byte',
  4: 'Int16',
  5: 'UInt16',
  6: 'Int32',
  7: 'UInt32',
  8: 'Int64',
  9: 'UInt64',
  10: 'Float',
  11: 'Double',
  12: 'String',
  13: 'DateTime',
  14: 'Guid',
  15: 'ByteString',
  16: 'XmlElement',
  17: 'NodeId',
  18: 'ExpandedNodeId',
  19: 'StatusCode',
  20: 'QualifiedName',
  21: 'LocalizedText',
  22: 'structure',
  23: 'DataValue',
  24: 'Variant',
  25: 'DiagnosticInfo',
}

const nothing: Content = { scalable: false, value: null }

function contentOf(variant: Variant | null | undefined): Content {
  if (!variant || variant.dataType === 0 || variant.value === null || variant.value === undefined) return nothing
  const type = types[variant.dataType] ?? `type ${variant.dataType}`
  if (variant.arrayType !== 0) return { fault: `holds an array of ${type}, not a single value` }
  return scalarOf(type, variant.value)
}

function scalarOf(type: string, value: unknown): Content {
  switch (type) {
    case 'Boolean':
      return { scalable: false, value: value === true ? 1 : 0 }
    case 'Int64':
      return int64Of(value, BigInt.asIntN)
    case 'UInt64':
      return int64Of(value, BigInt.asUintN)
    case 'Float':
      return typeof value === 'number' ? { scalable: true, value: shortestFloat32(value) } : unexpected(type)
    case 'SByte':
    case 'Byte':
    case 'Int16':
    case 'UInt16':
    case 'Int32':
    case 'UInt32':
    case 'Double':
      return typeof value === 'number' ? { scalable: true, value } : unexpected(type)
    case 'String':
      return typeof value === 'string' ? textOf(value) : unexpected(type)
    case 'LocalizedText': {
      const { text } = value as { text?: unknown }
      return typeof text === 'string' ? textOf(text) : nothing
    }
    case 'DateTime':
      return value instanceof Date && !Number.isNaN(value.getTime()) ? textOf(value.toISOString()) : nothing
    default:
      return { fault: `holds a ${type}, which is no number, boolean or text` }
  }
}

const unexpected = (type: string): Content => ({ fault: `holds a ${type} that cannot be read` })

const textOf = (text: string): Content =>
  text.length > longestText
    ? { fault: `holds a text of ${text.length} characters; ${longestText} at most are taken` }
    : { scalable: false, value: text }

/**
 * The library gives 64-bit integers as their high and low halves. Beyond ±2^53 the last digits are lost, for readings are
 * JSON numbers; the relative error stays below 2^-53.
 */
function int64Of(value: unknown, sign: typeof BigInt.asIntN): Content {
  if (!Array.isArray(value)) return unexpected('64-bit integer')
  const [high, low] = value as unknown[]
  if (typeof high !== 'number' || typeof low !== 'number') return unexpected('64-bit integer')
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
  return { scalable: true, value: Number(sign(64, bits)) }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
