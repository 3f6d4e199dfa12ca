import type { Random } from './random.ts'

/**
 * Slow wandering as real signals have it: three Ornstein-Uhlenbeck processes whose time constants lie a factor of about
 * 18 apart add up to nearly 1/f noise between seconds and hours (Bernamont's superposition, 1937).
 */
export type Drift = readonly [fast: number, middle: number, slow: number]

const tausMs = [8_000, 150_000, 2_700_000] as const

/** A drift somewhere in its stationary distribution: a machine that has been running for long. */
export function startDrift(random: Random): Drift {
  return [random.gaussian(), random.gaussian(), random.gaussian()]
}

export function stepDrift(drift: Drift, random: Random, dtMs: number): Drift {
  return [
    relax(drift[0], tausMs[0], random, dtMs),
    relax(drift[1], tausMs[1], random, dtMs),
    relax(drift[2], tausMs[2], random, dtMs),
  ]
}

/** The drift's value: mean 0, variance 1, never beyond about ±6 and hardly ever beyond ±3. */
export function driftValue(drift: Drift): number {
  return (drift[0] + drift[1] + drift[2]) / Math.sqrt(3)
}

function relax(value: number, tauMs: number, random: Random, dtMs: number): number {
  const kept = Math.exp(-dtMs / tauMs)
  return value * kept + Math.sqrt(1 - kept * kept) * random.gaussian()
}
