export type ReplayErrorCode = 'recording/unreadable' | 'recording/columns' | 'recording/rows' | 'outlet/refused'

/** A recording that cannot be played, or nobody to play it to; the message tells a person what to do. */
export class ReplayError extends Error {
  readonly code: ReplayErrorCode

  constructor(code: ReplayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ReplayError'
    this.code = code
  }
}
