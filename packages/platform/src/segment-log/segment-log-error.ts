/**
 * What can go wrong with a segment log.
 * - `closed`: the log was closed, nothing more can be appended or awaited.
 * - `failed`: a write or sync failed. Nothing that was waiting is stored for sure and the log takes no more; open it again.
 * - `too-large`: the payload exceeds the maximum of a record.
 * - `trimmed`: the position was deleted by `trim` or by retention.
 * - `beyond-end`: the position was never written, so whoever saved it saw another log.
 * - `corrupt`: a record that had been acknowledged is damaged on disk; the message names the file and offset.
 */
export type SegmentLogErrorCode = 'closed' | 'failed' | 'too-large' | 'trimmed' | 'beyond-end' | 'corrupt'

export class SegmentLogError extends Error {
  readonly code: SegmentLogErrorCode

  constructor(code: SegmentLogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SegmentLogError'
    this.code = code
  }
}
