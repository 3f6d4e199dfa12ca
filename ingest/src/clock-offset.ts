/** For so long a difference counts. */
const keepMs = 5 * 60_000
/** Of fewer reports each may have been late. */
const enough = 4

/**
 * How far another clock is ahead of ours (negative: behind), in ms, from reports that carry its time. A report says how far
 * ahead it is less the time that the report took; so of the reports of the last five minutes the one counts that took the
 * shortest, and a line or a machine that is slow for a while does not look like a clock that is behind. What even the fastest
 * report took cannot be told from one direction and stays in the answer. Null until there are enough reports.
 */
export function createClockOffset(): (theirMs: number, ourMs: number) => number | null {
  let differences: { readonly atMs: number; readonly aheadMs: number }[] = []
  return (theirMs, ourMs) => {
    differences = differences.filter(({ atMs }) => ourMs - atMs < keepMs)
    differences.push({ atMs: ourMs, aheadMs: Math.round(theirMs - ourMs) })
    return differences.length < enough ? null : Math.max(...differences.map(({ aheadMs }) => aheadMs))
  }
}
