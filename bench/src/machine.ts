import { availableParallelism, cpus, totalmem } from 'node:os'

/** What a figure was measured on; figures of different machines compare only as ratios. */
export interface Machine {
  cpu: string
  cores: number
  memoryMiB: number
  node: string
  platform: string
}

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
}

/** What `fettle bench NAME --json` prints. */
export interface BenchReport {
  name: string
  /** Numbers with their unit in the name, such as `p50Ms`. */
  figures: Record<string, number>
  /** Where the measured process spent its CPU time, in percent; only where that was measured. */
  where?: Record<string, number>
  machine: Machine
}

/** The value that `share` (0 to 1) of the samples do not exceed, to three digits after the point; NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return rounded(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN)
}

export function rounded(value: number, digits = 3): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
