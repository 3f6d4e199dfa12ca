/**
 * - `broker/unreachable`: nobody answers at its address.
 * - `broker/refused`: it answers, but not to us.
 * - `broker/account`: it did not carry out a change of an account.
 */
export type BrokerErrorCode = 'broker/unreachable' | 'broker/refused' | 'broker/account'

export class BrokerError extends Error {
  readonly code: BrokerErrorCode

  constructor(code: BrokerErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'BrokerError'
    this.code = code
  }
}
