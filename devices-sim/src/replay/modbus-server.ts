import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Logger } from '@fettle/platform/logging'

/** Who asks; the same object for every request of one connection. */
export type Connection = object

export interface ModbusReplayServer {
  readonly port: number
  close(): Promise<void>
}

export interface ModbusReplayServerOptions {
  host: string
  /** 0 for any free one. */
  port: number
  /** One request, function code first, and its answer. */
  respond: (request: Buffer, connection: Connection) => Buffer
  /** A connection has ended. */
  onEnd: (connection: Connection) => void
  logger: Logger
}

/** Transaction, protocol and length; the unit id is counted with what follows. */
const headerBytes = 6
const maxBodyBytes = 254

/**
 * Modbus TCP for any unit id. Unlike the simulated machines' server it tells connections apart: whether a sample has been read
 * is a question about one reader. Rejects with the system's error when the port cannot be had.
 */
export async function openModbusServer(options: ModbusReplayServerOptions): Promise<ModbusReplayServer> {
  const { host, port, respond, onEnd, logger } = options
  const sockets = new Set<Socket>()

  function accept(socket: Socket): void {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', (error) => logger.debug({ err: error }, 'a modbus connection failed'))
    socket.on('close', () => {
      sockets.delete(socket)
      onEnd(socket)
    })
    let received: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const rest = serve(received, socket)
      if (rest) received = rest
      else socket.destroy()
    })
  }

  /** Answers every complete frame; returns the bytes left over, or undefined when they are not Modbus. */
  function serve(bytes: Buffer, socket: Socket): Buffer | undefined {
    let rest = bytes
    while (rest.length >= headerBytes) {
      const bodyBytes = rest.readUInt16BE(4)
      if (rest.readUInt16BE(2) !== 0 || bodyBytes < 2 || bodyBytes > maxBodyBytes) return undefined
      const frameBytes = headerBytes + bodyBytes
      if (rest.length < frameBytes) break
      const answer = respond(rest.subarray(headerBytes + 1, frameBytes), socket)
      const head = Buffer.from(rest.subarray(0, headerBytes + 1))
      head.writeUInt16BE(answer.length + 1, 4)
      socket.write(Buffer.concat([head, answer]))
      rest = rest.subarray(frameBytes)
    }
    return rest
  }

  const server = createServer(accept).listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
