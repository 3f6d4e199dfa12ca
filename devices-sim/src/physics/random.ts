/** Where chance comes from. Passed in everywhere, so that a seed decides a whole run. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Standard normal, cut off at ±3.5: a sensor does not produce the one-in-a-million outlier that a formula does. */
  gaussian(): number
}

/** A generator that always yields the same sequence for the same `seed` (mulberry32, 32 bits of state). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  let spare: number | undefined

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  function gaussian(): number {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    // Box-Muller makes two at once; 1 - next() keeps the logarithm away from zero.
    const radius = Math.sqrt(-2 * Math.log(1 - next()))
    const angle = 2 * Math.PI * next()
    spare = cutOff(radius * Math.sin(angle))
    return cutOff(radius * Math.cos(angle))
  }

  return { next, gaussian }
}

/** A seed of its own for every label under one run seed (FNV-1a), so that adding a machine changes no other one. */
export function seedFor(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0
  return hash
}

function cutOff(value: number): number {
  return Math.min(3.5, Math.max(-3.5, value))
}
