/**
 * The present as the server has it. A desk's clock may be minutes off; then every live value would look old, a chart
 * would end before its newest point and a promise would be late too early.
 */
export interface ServerClock {
  /** Epoch ms. */
  now(): number
  /** Reads the `Date` of an answer that has just come; anything else than a date is ignored. */
  follow(date: string | null): void
}

/** The header is in whole seconds and as old as its answer: less than this is no difference. */
const LEAST_OFFSET_MS = 5_000

export function createServerClock(local: () => number = Date.now): ServerClock {
  let offsetMs = 0
  return {
    now: () => local() + offsetMs,
    follow(date) {
      const told = Date.parse(date ?? '')
      if (Number.isNaN(told)) return
      const difference = told - local()
      offsetMs = Math.abs(difference) < LEAST_OFFSET_MS ? 0 : difference
    },
  }
}

/** The one of this page; `api/client.ts` keeps it right. */
export const serverClock = createServerClock()
