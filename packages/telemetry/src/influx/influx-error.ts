/**
 * - `influx/unreachable`: nobody answers, or not in time.
 * - `influx/unauthorised`: it does not know who asks.
 * - `influx/forbidden`: it knows, and does not allow it.
 * - `influx/no-bucket`: there is no such bucket, database or organisation.
 * - `influx/wrong-server`: no InfluxDB, or one of a version that wants other credentials.
 * - `influx/refused`: it does not take what was sent, and never will.
 * - `influx/failed`: anything else; it may work later.
 */
export type InfluxErrorCode =
  | 'influx/unreachable'
  | 'influx/unauthorised'
  | 'influx/forbidden'
  | 'influx/no-bucket'
  | 'influx/wrong-server'
  | 'influx/refused'
  | 'influx/failed'

/** The message is one sentence for the person who runs the server. */
export class InfluxError extends Error {
  readonly code: InfluxErrorCode

  constructor(code: InfluxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'InfluxError'
    this.code = code
  }
}

/** What the status of an answer means; undefined of one that is good. */
export function codeOfStatus(status: number): InfluxErrorCode | undefined {
  if (status < 300) return undefined
  switch (status) {
    case 400:
    case 413:
    case 422:
      return 'influx/refused'
    case 401:
      return 'influx/unauthorised'
    case 403:
      return 'influx/forbidden'
    case 404:
      return 'influx/no-bucket'
    default:
      return 'influx/failed'
  }
}

/** The server's own sentence: 1.x and 3.x call it `error`, 2.x `message`. */
export function saidBy(body: string): string {
  let said: unknown = body
  try {
    const answer: unknown = JSON.parse(body)
    if (typeof answer === 'object' && answer !== null) {
      said = 'message' in answer ? answer.message : 'error' in answer ? answer.error : body
    }
  } catch {
    // Proxies answer in HTML; what they say is still worth showing.
  }
  const sentence = (typeof said === 'string' ? said : body).replaceAll(/\s+/g, ' ').trim()
  return sentence.slice(0, 300) || 'it gave no reason'
}
