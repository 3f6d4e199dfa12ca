import type { Sample } from './sample.ts'

/**
 * The registers of one sample: its time in ms since 1970 as uint64 from 0, then each value as float64, NaN where there is
 * none; all big-endian (ABCD). They fit into one request, and no digit of the recording is lost.
 */
export const registers = { time: 0, timeLength: 4, values: 4, valueLength: 4 } as const

/** Time and values have to come in one request of at most 125 registers. */
export const maxSignals = 30

export const addressOf = (signal: number): number => registers.values + signal * registers.valueLength

export function imageOf({ tsMs, values }: Sample): Buffer {
  const image = Buffer.alloc(2 * addressOf(values.length))
  image.writeBigUInt64BE(BigInt(tsMs), 0)
  for (const [signal, value] of values.entries()) image.writeDoubleBE(value ?? NaN, 2 * addressOf(signal))
  return image
}

/** Registers that a request asks for: function 3 (holding) or 4 (input), both the same; or the exception to answer with. */
export type Asked = { ok: true; address: number; count: number } | { ok: false; exception: Buffer }

const exceptions = { function: 1, address: 2, value: 3 } as const
const maxRegisters = 125

export function readRequest(request: Buffer, image: Buffer): Asked {
  const refuse = (code: keyof typeof exceptions): Asked => ({
    ok: false,
    exception: Buffer.from([(request[0] ?? 0) | 0x80, exceptions[code]]),
  })
  if (request[0] !== 3 && request[0] !== 4) return refuse('function')
  if (request.length !== 5) return refuse('value')
  const [address, count] = [request.readUInt16BE(1), request.readUInt16BE(3)]
  if (count < 1 || count > maxRegisters) return refuse('value')
  return 2 * (address + count) > image.length ? refuse('address') : { ok: true, address, count }
}

export function answerOf(
  request: Buffer,
  image: Buffer,
  { address, count }: { address: number; count: number },
): Buffer {
  const head = Buffer.from([request[0] ?? 0, 2 * count])
  return Buffer.concat([head, image.subarray(2 * address, 2 * (address + count))])
}

/** Whether an answer holds the time and at least one whole value: then the sample can be told from it. */
export const coversSample = ({ address, count }: { address: number; count: number }): boolean =>
  address === registers.time && count >= registers.timeLength + registers.valueLength
