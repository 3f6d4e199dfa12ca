import type { Sample } from './sample.ts'

/** Called for each sample once it has been read. */
export type OnTaken = (sample: Sample) => void

/** Where a recording is played to: a server that shows one sample after another, or a broker. */
export interface ReplayOutlet {
  /** Listens (showing `first` from the first moment) or connects. Rejects with a `ReplayError` when it cannot. */
  open(first: Sample): Promise<ReplayEndpoint>
  /**
   * Shows the samples one after another, each until it has been read, and resolves when the last of them was. What "read"
   * means is the protocol's. No clock is asked, so a reader that asks slowly gets what a fast one gets. Rejects with the
   * signal's reason, or a `ReplayError`.
   */
  step(samples: readonly Sample[], taken: OnTaken, signal: AbortSignal): Promise<void>
  /** Shows the next sample, read or not. Resolves at once where nobody can say, else when it has arrived. */
  show(sample: Sample, taken: OnTaken, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Where it can be read, and what a gateway has to be told: a source of its configuration file, YAML. */
export interface ReplayEndpoint {
  /** For people, such as `Modbus TCP 127.0.0.1:5020, unit 1`. */
  where: string
  port?: number
  /** Absent where no gateway is needed. */
  source?: string
}

/** What the recording's values are called outside; the order is that of the samples' values. */
export interface ReplayNames {
  device: string
  signals: readonly string[]
}
