/** Chance with a memory: the same seed and label always draw the same, so a year is the same in every demonstration. */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number
  happens(probability: number): boolean
  between(low: number, high: number): number
  /** Both inclusive. */
  integer(low: number, high: number): number
  pick<T>(choices: readonly T[]): T
  /** One of the keys, by its weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key
  /** A chance of its own, which draws nothing from this one. */
  of(label: string): Chance
}

/** mulberry32: 32 bits of state, small and even enough for names and days. */
export function createChance(seed: number, label = ''): Chance {
  const own = hashOf(seed, label)
  let state = own

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  return {
    next,
    happens: (probability) => next() < probability,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor((high - low + 1) * next()),
    pick(choices) {
      const [first] = choices
      if (first === undefined) throw new RangeError(`nothing to pick from (${label})`)
      return choices[Math.floor(next() * choices.length)] ?? first
    },
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
      let left = next() * total
      for (const [key, weight] of entries) if ((left -= weight) < 0) return key
      const last = entries.at(-1)
      if (!last) throw new RangeError(`nothing to weigh (${label})`)
      return last[0]
    },
    of: (more) => createChance(own, more),
  }
}

/** FNV-1a over the label, mixed with the seed. */
function hashOf(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let place = 0; place < label.length; place++) {
    hash = Math.imul(hash ^ label.charCodeAt(place), 0x01000193) >>> 0
  }
  return hash
}

/** Puts a number into each `{0.081..0.094}`, with as many decimals as its lower end shows. */
export function fillNumbers(text: string, chance: Chance): string {
  return text.replaceAll(/\{(-?[\d.]+)\.\.(-?[\d.]+)\}/g, (_, low: string, high: string) => {
    const decimals = low.split('.')[1]?.length ?? 0
    return chance.between(Number(low), Number(high)).toFixed(decimals)
  })
}
