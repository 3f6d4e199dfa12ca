import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Logger } from '@fettle/platform/logging'

/** Who asks; the same object for every request of one connection. */
export type Connection = object

/**
 * Written here and not taken from modbus-serial, whose server cannot listen on a free port, answers reads of 128 registers
 * and more with the wrong exception, and is the other half of the library that the gateway reads with.
 */
export interface ModbusTcpServer {
  /** Listens; on the first call at the wished port, later at the port it had before. Resolves to the port. */
  open(): Promise<number>
  /** Drops every connection and refuses new ones. */
  close(): Promise<void>
}

export interface ModbusTcpServerOptions {
  host: string
  /** 0 for any free one. */
  port: number
  /** One request to one unit, function code first; undefined when the unit stays silent. */
  respond: (unitId: number, request: Buffer, connection: Connection) => Buffer | undefined
  /** A connection has ended. */
  onEnd?: (connection: Connection) => void
  logger: Logger
}

/** Transaction, protocol and length; the unit id is counted with what follows. */
const headerBytes = 6
/** Unit id and the longest request there is. */
const maxBodyBytes = 254

export function createModbusTcpServer(options: ModbusTcpServerOptions): ModbusTcpServer {
  const { host, port, respond, onEnd, logger } = options
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let listeningPort = port

  function accept(socket: Socket): void {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => {
      sockets.delete(socket)
      onEnd?.(socket)
    })
    socket.on('error', (error) => logger.debug({ err: error }, 'modbus connection failed'))
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
      const unitId = rest.readUInt8(headerBytes)
      const response = respond(unitId, rest.subarray(headerBytes + 1, frameBytes), socket)
      if (response) socket.write(frame(rest.readUInt16BE(0), unitId, response))
      rest = rest.subarray(frameBytes)
    }
    return rest
  }

  return {
    async open() {
      const opening = createServer(accept).listen(listeningPort, host)
      await once(opening, 'listening')
      opening.on('error', (error) => logger.error({ err: error }, 'modbus server failed'))
      listeningPort = (opening.address() as AddressInfo).port
      server = opening
      return listeningPort
    },
    async close() {
      const closing = server
      if (!closing) return
      server = undefined
      const closed = once(closing, 'close')
      closing.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function frame(transactionId: number, unitId: number, response: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes + 1)
  header.writeUInt16BE(transactionId, 0)
  header.writeUInt16BE(response.length + 1, 4)
  header.writeUInt8(unitId, headerBytes)
  return Buffer.concat([header, response])
}
