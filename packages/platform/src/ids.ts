import { randomFillSync } from 'node:crypto'

/** Fills the bytes with randomness; `Uint8Array` in, same array out. */
export type RandomFill = (bytes: Uint8Array) => Uint8Array

const cryptoRandom: RandomFill = (bytes) => randomFillSync(bytes)

/** Makes one id; `nowMs` is the Unix time in milliseconds. */
export type Uuidv7 = (nowMs?: number, random?: RandomFill) => string

/**
 * A source of UUID version 7 ids (RFC 9562 §5.7) whose ids strictly increase, as strings too.
 *
 * The 12 bits of `rand_a` are a counter (§6.2 method 1): it starts at random below 2048 in every new millisecond and steps
 * by one within it. When it runs over, or when the clock steps back, the id's time goes on from the last one instead.
 */
export function createUuidv7(): Uuidv7 {
  let lastMs = -1
  let counter = 0
  const random10 = new Uint8Array(10)
  return (nowMs = Date.now(), random = cryptoRandom) => {
    const bytes = random(random10)
    if (nowMs > lastMs) {
      lastMs = Math.trunc(nowMs)
      counter = (((bytes[8] ?? 0) << 8) | (bytes[9] ?? 0)) & 0x7ff
    } else if (counter < 0xfff) {
      counter += 1
    } else {
      lastMs += 1
      counter = 0
    }
    const time = hex(lastMs, 12)
    const variant = hex(0x80 | ((bytes[0] ?? 0) & 0x3f), 2) + hex(bytes[1] ?? 0, 2)
    let node = ''
    for (let i = 2; i < 8; i++) node += hex(bytes[i] ?? 0, 2)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${node}`
  }
}

/** The process-wide source: ids increase across all callers of this process. */
export const uuidv7: Uuidv7 = createUuidv7()

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
