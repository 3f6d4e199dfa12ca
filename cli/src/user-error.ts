/** Something that the person at the terminal can put right; the message is one sentence that says how. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/**
 * The errors of this name have a message made for people. Names and not classes, so that `--help` need not load everything
 * that can fail.
 */
const forPeople = new Set([
  'UserError',
  'ConfigError',
  'EmbeddedPostgresError',
  'GatewayConfigError',
  'FolderInUse',
  'SimulatorError',
  'ControlRefusal',
  'BrokerError',
  'InfluxError',
])

/** Whether the message alone tells enough; anything else is a fault of ours and is shown with its stack. */
export function isForPeople(error: unknown): error is Error {
  return error instanceof Error && forPeople.has(error.name)
}
