import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Logger } from '@fettle/platform/logging'
import { Aedes, type AuthenticateError } from 'aedes'

export interface PlantBroker {
  /** Resolves to the port. */
  start(): Promise<number>
  stop(): Promise<void>
}

export interface PlantBrokerOptions {
  host: string
  /** 0 for any free one. */
  port: number
  username: string
  password: string
  logger: Logger
}

const badCredentials = 4

/** The broker in a plant's control room: one account for machines and gateways alike. */
export function createPlantBroker({ host, port, username, password, logger }: PlantBrokerOptions): PlantBroker {
  const sockets = new Set<Socket>()
  let broker: Aedes | undefined
  let server: Server | undefined

  return {
    async start() {
      const created = await Aedes.createBroker({
        drainTimeout: 2_000, // a frozen reader must not stall the pumps
        authenticate(_client, name, secret, done) {
          const accepted = same(name ?? '', username) && same(secret?.toString() ?? '', password)
          done(accepted ? null : refusal(), accepted)
        },
      })
      created.on('clientError', (_client, error) => logger.debug({ err: error }, 'plant broker client failed'))
      created.on('connectionError', (_client, error) => logger.debug({ err: error }, 'plant broker connection failed'))
      const listening = createServer((socket) => {
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
        created.handle(socket)
      }).listen(port, host)
      try {
        await once(listening, 'listening')
      } catch (error) {
        await closeBroker(created)
        throw error
      }
      broker = created
      server = listening
      return (listening.address() as AddressInfo).port
    },
    async stop() {
      const [closingBroker, closingServer] = [broker, server]
      broker = undefined
      server = undefined
      if (!closingBroker || !closingServer) return
      const closed = once(closingServer, 'close')
      closingServer.close()
      await closeBroker(closingBroker)
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function closeBroker(broker: Aedes): Promise<void> {
  return new Promise((resolve) => broker.close(() => resolve()))
}

function refusal(): AuthenticateError {
  return Object.assign(new Error('wrong user name or password'), { returnCode: badCredentials })
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
