import type { Reading } from '../outage.ts'

/** A machine's own memory for readings that could not be sent. */
export interface DataLogger {
  keep(reading: Reading): void
  /** At most `count` readings, the oldest first; they stay until forgotten. */
  oldest(count: number): readonly Reading[]
  forget(readings: readonly Reading[]): void
}

const maxAgeMs = 48 * 3_600_000

/** Keeps 48 hours, in the order of time; then the oldest reading makes room for the newest. */
export function createDataLogger(before: readonly Reading[] = []): DataLogger {
  let kept = [...before]

  return {
    keep(reading) {
      const newest = kept.at(-1)
      kept.push(reading)
      if (newest && newest.at > reading.at) kept.sort((a, b) => a.at - b.at)
      const oldestAt = (kept.at(-1)?.at ?? 0) - maxAgeMs
      const first = kept.findIndex(({ at }) => at > oldestAt)
      if (first > 0) kept = kept.slice(first)
    },
    oldest: (count) => kept.slice(0, count),
    forget(readings) {
      const gone = new Set(readings)
      kept = kept.filter((reading) => !gone.has(reading))
    },
  }
}
