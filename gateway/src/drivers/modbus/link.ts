import { connect as connectSocket, type Socket } from 'node:net'
import { once } from 'node:events'
import modbusSerial from 'modbus-serial'
import type { Area, Span } from './plan.ts'

/**
 * What can go wrong on a bus.
 * - `unreachable`: no TCP connection.
 * - `closed`: the connection ended while an answer was due.
 * - `timeout`: no answer in time. `garbled`: an answer to something else. Later answers cannot be trusted to belong to
 *   later questions, so after either the connection has to be dropped.
 * - `refused`: the unit answered that it does not have these registers (exceptions 1, 2 and 3).
 * - `failed`: the unit answered that it cannot (any other exception, such as 11, a dead unit behind a converter).
 */
export type ModbusFaultCode = 'unreachable' | 'closed' | 'timeout' | 'garbled' | 'refused' | 'failed'

export class ModbusFault extends Error {
  readonly code: ModbusFaultCode
  constructor(code: ModbusFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ModbusFault'
    this.code = code
  }
}

/** An open connection to one bus. One request at a time. Cancelling what it was made with closes it. */
export interface Link {
  /** The registers (big-endian, two bytes each) or bits (first bit lowest) of `span`. Rejects with a `ModbusFault`. */
  read(unitId: number, span: Span): Promise<Buffer>
  /** Ends the connection; a read under way rejects with `closed`. */
  close(): void
}

export interface Endpoint {
  host: string
  port: number
}

/** Connects within `timeoutMs`, which each answer has as well. Rejects with a `ModbusFault` of code `unreachable`. */
export async function connect(endpoint: Endpoint, timeoutMs: number, signal: AbortSignal): Promise<Link> {
  const socket = await openSocket(endpoint, timeoutMs, signal)
  // The socket is ours and not the library's, because the library does not notice that a connection was reset.
  const client = new modbusSerial.default()
  await client.linkTCP(socket, { port: endpoint.port })
  client.setTimeout(timeoutMs)
  client.on('error', () => {}) // comes again as a close, with the read that it concerns

  const closed = new Promise<never>((_, reject) => {
    socket.once('close', () => reject(new ModbusFault('closed', 'the connection was closed')))
  })
  closed.catch(() => {}) // of interest only while a read waits

  return {
    async read(unitId, { area, address, length }) {
      if (socket.destroyed) throw new ModbusFault('closed', 'the connection was closed')
      client.setID(unitId)
      const answer = client[functions[area]](address, length)
      answer.catch(() => {}) // when the close was faster
      try {
        return (await Promise.race([answer, closed])).buffer
      } catch (error) {
        throw faultOf(error, `${area} ${address}–${address + length - 1}`)
      }
    },
    close() {
      client.destroy(() => {}) // cancels the library's timers
      socket.destroy()
    },
  }
}

const functions = {
  coil: 'readCoils',
  discrete: 'readDiscreteInputs',
  holding: 'readHoldingRegisters',
  input: 'readInputRegisters',
} as const satisfies Record<Area, keyof InstanceType<typeof modbusSerial.default>>

async function openSocket(endpoint: Endpoint, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  const socket = connectSocket({ ...endpoint, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000, signal })
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    await once(socket, 'connect', { signal: timeout })
  } catch (cause) {
    socket.on('error', () => {})
    socket.destroy()
    signal.throwIfAborted()
    const reason = timeout.aborted ? `no connection within ${timeoutMs} ms` : messageOf(cause)
    throw new ModbusFault('unreachable', `${endpoint.host}:${endpoint.port}: ${reason}`, { cause })
  }
  socket.on('error', () => {}) // a close follows
  return socket
}

/** The library's errors are told apart by their fields; their texts are only shown. */
function faultOf(error: unknown, what: string): ModbusFault {
  if (error instanceof ModbusFault) return error
  const { modbusCode, errno } = error as { modbusCode?: number; errno?: string }
  const cause = { cause: error }
  if (errno === 'ETIMEDOUT') return new ModbusFault('timeout', `no answer to ${what} in time`, cause)
  if (errno === 'ECONNREFUSED') return new ModbusFault('closed', 'the connection was closed', cause)
  if (modbusCode === undefined) return new ModbusFault('garbled', `wrong answer to ${what}: ${messageOf(error)}`, cause)
  return new ModbusFault(modbusCode <= 3 ? 'refused' : 'failed', `${what}: ${messageOf(error)}`, cause)
}

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String((error as Error).message ?? error)
