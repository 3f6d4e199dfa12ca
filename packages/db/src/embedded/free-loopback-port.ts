import net from 'node:net'
import { systemCode } from './embedded-error.ts'

/** A port of 127.0.0.1 that is free now; someone else may take it before it is used, so be ready to ask again. */
export async function freeLoopbackPort(): Promise<number> {
  const server = await listen(0)
  const address = server.address()
  await close(server)
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has no port')
  return address.port
}

/** Whether nobody listens on `port` of 127.0.0.1. */
export async function isLoopbackPortFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port))
    return true
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES') return false
    throw error
  }
}

function listen(port: number): Promise<net.Server> {
  const server = net.createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve(server))
  })
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
