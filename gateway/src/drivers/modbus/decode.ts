import { shortestFloat32 } from '@fettle/domain/uplink/float32'
import { compileScaling } from '../scaling.ts'
import type { Area } from './plan.ts'

/**
 * How the bytes of a value lie in its registers, named for the 32-bit value 0xAABBCCDD:
 * `ABCD` big-endian as the specification has it, `CDAB` words swapped, `BADC` bytes swapped within each word, `DCBA`
 * both. For 64 bits the same rules go on (CDAB: GH EF CD AB); one register only knows bytes in order or swapped.
 */
export type ByteOrder = 'ABCD' | 'BADC' | 'CDAB' | 'DCBA'

/** `int16 … uint64`, `float32`, `float64`, `bool` (not zero), `bit(0…15)` of a register, `string(n)` of n bytes. */
export const tagTypePattern = String.raw`^(u?int(16|32|64)|float(32|64)|bool|bit\((\d|1[0-5])\)|string\(([1-9]\d?|1\d\d|2[0-4]\d|250)\))$`

export interface Encoding {
  area: Area
  type: string
  byteOrder: ByteOrder
  /** value = raw × scale + offset, for numbers only. */
  scale: number
  offset: number
  /** Raw numbers by which the device says that it has no value, e.g. 32767 of a broken sensor. */
  invalid: readonly number[]
}

/**
 * Takes the value out of the answer to a block; `at` counts registers (or bits, for coils and discrete inputs) from the
 * block's beginning. `null` when the bytes hold no legal value: NaN, infinity, text that is no UTF-8, an `invalid` number.
 */
export type Decode = (bytes: Buffer, at: number) => number | boolean | string | null

/** Registers (bits, in a bit area) that a value of this type occupies. */
export function lengthOf({ area, type }: Pick<Encoding, 'area' | 'type'>): number {
  if (isBitArea(area)) return 1
  const { name, argument } = parseType(type)
  if (name === 'string') return Math.ceil(argument / 2)
  return name in numbers ? numbers[name as NumberType].bytes / 2 : 1
}

export const isBitArea = (area: Area): boolean => area === 'coil' || area === 'discrete'

/** Compiles the decoder of one tag, once, so that a poll does no parsing. `type` must match `tagTypePattern`. */
export function compileDecode(encoding: Encoding): Decode {
  if (isBitArea(encoding.area)) return (bytes, at) => bitAt(bytes, at)
  const { name, argument } = parseType(encoding.type)
  switch (name) {
    case 'bool':
      return (bytes, at) => bytes.readUInt16BE(at * 2) !== 0
    case 'bit':
      return decodeBit(encoding.byteOrder, argument)
    case 'string':
      return decodeString(encoding.byteOrder, argument)
    default:
      return decodeNumber(numbers[name as NumberType], encoding)
  }
}

interface NumberFormat {
  bytes: 2 | 4 | 8
  /** Reads from eight scratch bytes in big-endian order. */
  read(scratch: Buffer): number
}

/** 64-bit integers beyond ±2^53 lose their last digits: readings are JSON numbers. */
const numbers = {
  int16: { bytes: 2, read: (scratch) => scratch.readInt16BE(0) },
  uint16: { bytes: 2, read: (scratch) => scratch.readUInt16BE(0) },
  int32: { bytes: 4, read: (scratch) => scratch.readInt32BE(0) },
  uint32: { bytes: 4, read: (scratch) => scratch.readUInt32BE(0) },
  int64: { bytes: 8, read: (scratch) => Number(scratch.readBigInt64BE(0)) },
  uint64: { bytes: 8, read: (scratch) => Number(scratch.readBigUInt64BE(0)) },
  float32: { bytes: 4, read: (scratch) => shortestFloat32(scratch.readFloatBE(0)) },
  float64: { bytes: 8, read: (scratch) => scratch.readDoubleBE(0) },
} as const satisfies Record<string, NumberFormat>
type NumberType = keyof typeof numbers

function decodeNumber(format: NumberFormat, { byteOrder, scale, offset, invalid }: Encoding): Decode {
  const order = sourceBytes(byteOrder, format.bytes)
  const scratch = Buffer.alloc(8)
  const scaled = compileScaling({ scale, offset })
  return (bytes, at) => {
    for (const [target, source] of order.entries()) scratch[target] = bytes[at * 2 + source] ?? 0
    const raw = format.read(scratch)
    if (!Number.isFinite(raw) || invalid.includes(raw)) return null
    const value = scaled(raw)
    return Number.isFinite(value) ? value : null
  }
}

/** For each byte of the big-endian value, where it lies in the registers. */
function sourceBytes(order: ByteOrder, bytes: number): number[] {
  const swapsWords = order === 'CDAB' || order === 'DCBA'
  return Array.from({ length: bytes }, (_, target) => {
    const word = swapsWords ? bytes / 2 - 1 - (target >> 1) : target >> 1
    return word * 2 + ((target & 1) ^ (swapsBytes(order) ? 1 : 0))
  })
}

const swapsBytes = (order: ByteOrder) => order === 'BADC' || order === 'DCBA'

function decodeBit(order: ByteOrder, bit: number): Decode {
  const swapped = swapsBytes(order)
  return (bytes, at) => {
    const word = swapped ? bytes.readUInt16LE(at * 2) : bytes.readUInt16BE(at * 2)
    return ((word >> bit) & 1) === 1
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Text ends at the first NUL; blanks that pad it go. Words of text are never swapped, only the bytes within them. */
function decodeString(order: ByteOrder, length: number): Decode {
  const swapped = swapsBytes(order)
  return (bytes, at) => {
    const text = Buffer.from(bytes.subarray(at * 2, at * 2 + Math.ceil(length / 2) * 2))
    if (swapped) text.swap16()
    const cut = text.subarray(0, length)
    const end = cut.indexOf(0)
    try {
      return utf8.decode(end === -1 ? cut : cut.subarray(0, end)).trimEnd()
    } catch {
      return null
    }
  }
}

const bitAt = (bytes: Buffer, at: number) => (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) === 1

function parseType(type: string): { name: string; argument: number } {
  const [, name = type, argument] = /^(\w+)\((\d+)\)$/.exec(type) ?? []
  return { name, argument: Number(argument ?? 0) }
}
