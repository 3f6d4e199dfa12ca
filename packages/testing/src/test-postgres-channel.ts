import net from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * How a test process reaches the one PostgreSQL of the test run: it connects to a loopback port of vitest's main process,
 * which starts the server at the first call and answers one line of JSON.
 */
export type TestPostgresAnswer =
  | {
      ok: true
      /** Of a superuser, on a database that exists. */
      url: string
      /** Name of a database with all migrations, to be cloned. */
      template: string
    }
  | { ok: false; reason: string }

declare module 'vitest' {
  export interface ProvidedContext {
    /** Loopback port of the channel. */
    fettleTestPostgresPort: number
  }
}

export interface TestPostgresChannel {
  port: number
  close: () => Promise<void>
}

/** Answers every call with what `answer` resolves to; it is not called before the first one. */
export async function openChannel(answer: () => Promise<TestPostgresAnswer>): Promise<TestPostgresChannel> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {}) // the test process is gone
    socket.resume()
    void answer().then((value) => socket.end(JSON.stringify(value)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has no port')
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Waits as long as the first start of the server takes. */
export async function callChannel(port: number): Promise<TestPostgresAnswer> {
  const socket = net.connect({ host: '127.0.0.1', port })
  return JSON.parse(await text(socket)) as TestPostgresAnswer
}
