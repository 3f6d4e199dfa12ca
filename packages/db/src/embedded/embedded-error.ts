export type EmbeddedPostgresErrorCode =
  /** Another process holds the data folder. */
  | 'data-folder/locked'
  /** The folder, or something in it, is not ours to use. */
  | 'data-folder/unusable'
  /** No PostgreSQL for this operating system or processor was installed, or it does not run here. */
  | 'platform/unsupported'
  /** The links between the shipped libraries are missing and cannot be made. */
  | 'platform/links-missing'
  /** PostgreSQL refuses to run as root, and there is no way round it here. */
  | 'root/refused'
  /** initdb failed. */
  | 'cluster/not-created'
  /** The server ended or hung before it accepted connections. */
  | 'server/not-started'
  /** The server outlived every signal. */
  | 'server/not-stopped'

/** What went wrong around the embedded PostgreSQL. The message is one sentence for the person at the terminal, with the way out. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresErrorCode

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The `code` of an operating system error such as `ENOENT`, or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
