import type { DomainErrorCode } from '@fettle/contracts/problem'

/** A call that cannot be served for a reason of the domain. `api/src/problem.ts` turns it into problem+json. */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly context: Readonly<Record<string, unknown>>

  constructor(code: DomainErrorCode, message: string, context: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
    this.context = context
  }
}
