/** How one failure mode is told: by the customer, by the engineer, and over the phone. `{5.1..6.2}` draws a number. */
export interface FaultStory {
  readonly failureModeKey: string
  /** How the customer puts it. */
  readonly titles: readonly string[]
  readonly findings: readonly string[]
  readonly works: readonly string[]
  /** What could be done over the phone; empty where somebody has to come. */
  readonly remote: readonly string[]
  /** Months 1 to 12 in which it happens more often. */
  readonly season?: 'summer' | 'winter'
}

export const story = (
  failureModeKey: string,
  titles: readonly string[],
  findings: readonly string[],
  works: readonly string[],
  remote: readonly string[] = [],
  season?: 'summer' | 'winter',
): FaultStory => ({ failureModeKey, titles, findings, works, remote, ...(season && { season }) })
