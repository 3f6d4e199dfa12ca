/**
 * What can go wrong between us and a server.
 * - `unreachable`: nobody speaks OPC UA there.
 * - `no-endpoint`: the server does not offer the security that the source asks for.
 * - `untrusted`: its certificate is not one that somebody has trusted.
 * - `rejected`: it does not accept ours, or not this channel.
 * - `login`: it does not accept the user.
 * - `lost`: the connection or the subscription ended, or no answer came in time.
 */
export type OpcuaFaultCode = 'unreachable' | 'no-endpoint' | 'untrusted' | 'rejected' | 'login' | 'lost'

export class OpcuaFault extends Error {
  readonly code: OpcuaFaultCode
  constructor(code: OpcuaFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'OpcuaFault'
    this.code = code
  }
}

interface NamedStatus {
  name?: unknown
}
interface AnsweredError {
  statusCode?: NamedStatus
  response?: { responseHeader?: { serviceResult?: NamedStatus } }
}

/** The status by which a server refused a service, e.g. `BadSessionIdInvalid`; undefined when it did not answer at all. */
export function refusalOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { statusCode, response } = error as AnsweredError
  const name = response?.responseHeader?.serviceResult?.name ?? statusCode?.name
  return typeof name === 'string' ? name : writtenStatus(error)
}

/** Of some refusals the library passes on nothing but the status as it writes it: `BadUserAccessDenied (0x801f0000)`. */
const writtenStatus = (error: object): string | undefined =>
  error instanceof Error ? /\b(Bad\w*) \(0x8[\da-f]{7}\)/i.exec(error.message)?.[1] : undefined

/** The library's sentences run over several lines and hold the real one in brackets; for people to read only. */
export function briefly(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const inner = /Err = \(([\s\S]*)\)\s*$/.exec(text)?.[1] ?? text
  return inner.replaceAll(/\s+/g, ' ').trim()
}
