import type { Logger } from '@fettle/platform/logging'

/** Of the network and of PostgreSQL (its appendix A): nobody listens, or it is ending, ended or not yet open. */
const awayCodes =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0[123])$/
/** What `pg` and `pg-pool` say without a code. */
const awayMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout expired|the connection ended)/

/**
 * Whether an error of a query says no more than that the server is away: it cannot be reached, or broke off. `openDatabase`
 * puts that in the log once; whoever else meets it has nothing to add.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string') return awayCodes.test(error.code)
  return awayMessages.test(error.message) || isDatabaseAway(error.cause)
}

interface Trouble {
  readonly level?: 'warn' | 'error'
  /** Beside the error in the line. */
  readonly facts?: Readonly<Record<string, unknown>>
}

/** Logs what went wrong with the database; at level `debug` when it is only away. */
export function logTrouble(
  logger: Pick<Logger, 'debug' | 'warn' | 'error'>,
  error: unknown,
  message: string,
  { level = 'warn', facts }: Trouble = {},
): void {
  logger[isDatabaseAway(error) ? 'debug' : level]({ ...facts, err: error }, message)
}
