import type { EventEmitter } from 'node:events'

export interface PacketLimit {
  /** A PUBLISH whose remaining length exceeds this is cut to it: the rest of its payload never takes memory. */
  maxBytes: number
}

export interface PacketFilter {
  /** What of a chunk of the connection goes on to the parser; empty while something is skipped. Throws PacketTooLarge. */
  filter(chunk: Buffer): Buffer
}

/** Any packet but a PUBLISH has no reason to be large, so it ends the connection. */
export class PacketTooLarge extends Error {
  constructor(bytes: number, maxBytes: number) {
    super(`a packet of ${bytes} bytes, at most ${maxBytes} are taken`)
    this.name = 'PacketTooLarge'
  }
}

const PUBLISH = 3
const continues = 0x80

/**
 * Follows the framing of MQTT (3.1.1, §2.2) over chunks that end anywhere. A PUBLISH that is too large is passed on with its
 * beginning only, under a corrected length. So a message that nobody may store is still recognised, written to the dead letters
 * and acknowledged, instead of being sent again for ever by a client that waits for its PUBACK.
 */
export function packetFilter({ maxBytes }: PacketLimit): PacketFilter {
  /** Of the fixed header that is being read: type and flags, then the length in groups of seven bits. */
  let header: number[] = []
  let passing = 0
  let skipping = 0
  /** A length of more than four bytes is no MQTT; the parser says so. */
  let foreign = false
  /** Whether what goes on differs from the chunk; mostly it does not. */
  let altered = false

  return {
    filter(chunk) {
      if (foreign) return chunk
      altered = header.length > 0
      const parts: Buffer[] = []
      let at = 0
      while (at < chunk.length && !foreign) {
        if (passing > 0) {
          const end = Math.min(chunk.length, at + passing)
          parts.push(chunk.subarray(at, end))
          passing -= end - at
          at = end
        } else if (skipping > 0) {
          const end = Math.min(chunk.length, at + skipping)
          skipping -= end - at
          altered = true
          at = end
        } else {
          at = readHeader(chunk, at, parts)
        }
      }
      if (foreign) parts.push(chunk.subarray(at))
      altered ||= header.length > 0
      return altered ? Buffer.concat(parts) : chunk
    },
  }

  /** Reads one byte of the fixed header; returns where to go on. */
  function readHeader(chunk: Buffer, at: number, parts: Buffer[]): number {
    const byte = chunk[at] ?? 0
    header.push(byte)
    if (header.length === 1 || ((byte & continues) !== 0 && header.length < 5)) return at + 1
    const complete = Buffer.from(header)
    header = []
    if ((byte & continues) !== 0) {
      foreign = true
      parts.push(complete)
      return at + 1
    }
    const length = lengthIn(complete)
    if (length <= maxBytes) {
      passing = length
      parts.push(complete)
      return at + 1
    }
    const type = (complete[0] ?? 0) >> 4
    if (type !== PUBLISH) throw new PacketTooLarge(length, maxBytes)
    passing = maxBytes
    skipping = length - maxBytes
    altered = true
    parts.push(Buffer.from([complete[0] ?? 0, ...lengthBytes(maxBytes)]))
    return at + 1
  }
}

function lengthIn(header: Buffer): number {
  return header.subarray(1).reduce((sum, byte, i) => sum + (byte & 0x7f) * 128 ** i, 0)
}

function lengthBytes(length: number): number[] {
  const rest = Math.floor(length / 128)
  return rest === 0 ? [length] : [(length % 128) | continues, ...lengthBytes(rest)]
}

interface AedesParser extends EventEmitter {
  parse(chunk: Buffer): number
}

/**
 * Puts the filter before the parser of an aedes client. aedes has no limit of its own, so this reaches for the private `_parser`
 * (of the pinned version; a test fails when it is gone).
 */
export function limitPackets(client: object, limit: PacketLimit): void {
  const parser = (client as { _parser?: AedesParser })._parser
  if (typeof parser?.parse !== 'function') throw new Error('this version of aedes has no client._parser.parse')
  const parse = parser.parse.bind(parser)
  const { filter } = packetFilter(limit)
  parser.parse = (chunk) => {
    try {
      return parse(filter(chunk))
    } catch (error) {
      if (!(error instanceof PacketTooLarge)) throw error
      parser.emit('error', error)
      return 0
    }
  }
}
