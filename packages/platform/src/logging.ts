import { pino, type DestinationStream, type LevelWithSilent, type Logger as PinoLogger } from 'pino'
import { PinoPretty } from 'pino-pretty'
import { plain } from './plain.ts'

export type Logger = PinoLogger
export type LogLevel = LevelWithSilent

export interface LoggerOptions {
  /** The service or component; appears in every line. */
  name: string
  level?: LogLevel
  /** Coloured lines for people instead of JSON; default: when standard output is a terminal. */
  pretty?: boolean
  /** Where lines go; default standard output. */
  destination?: DestinationStream
}

const secretKeys = [
  'password',
  'passwordHash',
  'token',
  'secret',
  'apiKey',
  'authorization',
  'Authorization',
  'cookie',
  '["set-cookie"]',
]

/** pino matches paths, not names: a secret is caught at the top and up to three levels down, e.g. `req.headers.authorization`. */
const secretPaths = ['', '*.', '*.*.', '*.*.*.'].flatMap((prefix) =>
  secretKeys.map((key) => (key.startsWith('[') ? prefix.replace(/\.$/, '') + key : prefix + key)),
)

/**
 * An error as it is logged. One of a database query quotes the query's parameters, which are people's data and hashes of
 * secrets: the query alone tells enough.
 */
function errorWithoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return plain(error)
  const { params: _, ...logged } = { params: undefined, ...pino.stdSerializers.err(error), ...withoutRow(error) }
  const quoted = parametersOf(error).map((params) => `\nparams: ${String(params)}`)
  const without = (text: string) => quoted.reduce((rest, quote) => rest.replaceAll(quote, ''), text)
  return plain({ ...logged, message: without(logged.message), stack: without(logged.stack ?? '') })
}

/** What stands beside the message. */
function plainFacts(facts: Record<string, unknown>): Record<string, unknown> {
  const plainFact = ([key, value]: [string, unknown]) => [key, serialized.has(key) ? value : loggedFact(value)]
  return Object.fromEntries(Object.entries(facts).map(plainFact)) as Record<string, unknown>
}
const loggedFact = (value: unknown) => (value instanceof Error ? errorWithoutValues(value) : plain(value))
/** These have a serializer, which makes them plain. */
const serialized = new Set(['err', 'req', 'res'])

/** PostgreSQL's own errors quote the row that they are about in these fields. */
const withoutRow = (error: Error) => ('routine' in error ? { detail: undefined, where: undefined } : {})

/** Of an error and all that caused it; drizzle's `DrizzleQueryError` has them in this field. */
function parametersOf(error: unknown): unknown[][] {
  if (!(error instanceof Error)) return []
  const own = 'params' in error && Array.isArray(error.params) ? [error.params as unknown[]] : []
  return [...own, ...parametersOf(error.cause)]
}

/**
 * A structured logger. Lines are written synchronously, so the last words of a crashing process are not lost. Values under
 * a secret's key are replaced by `[redacted]`; never build a secret into the message text.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { name, level = 'info', pretty = process.stdout.isTTY === true, destination } = options
  const settings = {
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '[redacted]' },
    serializers: { err: errorWithoutValues },
    formatters: { log: plainFacts },
  }
  if (pretty) {
    const stream = PinoPretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l', destination: destination ?? 1 })
    return pino(settings, stream)
  }
  return pino(settings, destination ?? pino.destination({ sync: true }))
}
