import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Aedes, type AedesOptions } from 'aedes'

/** An MQTT broker in this process. */
export interface Broker {
  aedes: Aedes
  port: number
  url: string
  publish(topic: string, payload: string | Buffer, qos?: 0 | 1): Promise<void>
  /** Cuts every connection, as a network failure does, and goes on listening. */
  cut(): void
  close(): Promise<void>
}

export async function startBroker(options: AedesOptions = {}, port = 0): Promise<Broker> {
  const aedes = await Aedes.createBroker({ drainTimeout: 2_000, ...options })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    aedes.handle(socket)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    aedes,
    port: actual,
    url: `mqtt://127.0.0.1:${actual}`,
    publish: (topic, payload, qos = 1) =>
      new Promise((resolve, reject) =>
        aedes.publish({ cmd: 'publish', topic, payload, qos, dup: false, retain: false }, (error) =>
          error ? reject(error) : resolve(),
        ),
      ),
    cut,
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
    },
  }
}
