/** Repeatable randomness: everything that a test decides by chance comes from its seed. */
export interface Seeded {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  between(range: readonly [number, number]): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
  /** A stream of its own, so that one part of a test does not disturb what another one decides. */
  branch(name: string): Seeded
}

/** The seed of this run: `FETTLE_TEST_SEED`, or a new one. */
export function testSeed(): number {
  const given = process.env['FETTLE_TEST_SEED']
  if (given === undefined) return Math.floor(Math.random() * 2 ** 31)
  const seed = Number(given)
  if (!Number.isSafeInteger(seed)) throw new Error(`FETTLE_TEST_SEED must be a whole number, got ${given}`)
  return seed
}

/** mulberry32 (Tommy Ettinger, public domain): small, and good enough to choose moments and values. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    whole,
    between: ([low, high]) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[whole(0, items.length - 1)] as T
    },
    shuffled<T>(items: readonly T[]): T[] {
      return items
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item)
    },
    branch: (name) => seeded(hash(name, seed)),
  }
}

/** FNV-1a over the name, begun with the seed. */
function hash(name: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0
  for (const char of name) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}
