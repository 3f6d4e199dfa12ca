/** What the machines measured and what the platform promised to keep: the truth that it is held against at the end. */
export interface Ledger {
  /** Event time of the first tick. */
  readonly startMs: number
  readonly tickMs: number
  /** How many moments were measured. */
  ticks(): number
  measured(signalId: string, value: number): void
  /** All values of a signal, in order of time; the n-th was measured at `startMs + n * tickMs`. */
  valuesOf(signalId: string): readonly number[]
  endTick(): void
  /** Counts readings whose acknowledgement arrived. */
  acknowledged(readings: number): void
  acknowledgedReadings(): number
  measuredReadings(): number
  /** Resolves with the next acknowledgement after so many more ticks. */
  afterTicks(ticks: number): Promise<void>
}

export function createLedger({ startMs, tickMs }: Pick<Ledger, 'startMs' | 'tickMs'>): Ledger {
  const values = new Map<string, number[]>()
  let ticks = 0
  let measuredReadings = 0
  let acknowledgedReadings = 0
  let waiting: { atTick: number; wake: () => void }[] = []

  return {
    startMs,
    tickMs,
    ticks: () => ticks,
    measured(signalId, value) {
      const series = values.get(signalId)
      if (series) series.push(value)
      else values.set(signalId, [value])
      measuredReadings++
    },
    valuesOf: (signalId) => values.get(signalId) ?? [],
    endTick: () => void ticks++,
    acknowledged(readings) {
      acknowledgedReadings += readings
      const reached = waiting.filter(({ atTick }) => atTick <= ticks)
      waiting = waiting.filter(({ atTick }) => atTick > ticks)
      for (const { wake } of reached) wake()
    },
    acknowledgedReadings: () => acknowledgedReadings,
    measuredReadings: () => measuredReadings,
    afterTicks: (more) => new Promise((wake) => void waiting.push({ atTick: ticks + more, wake })),
  }
}
