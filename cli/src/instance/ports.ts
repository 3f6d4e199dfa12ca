import net from 'node:net'
import { UserError } from '../user-error.ts'

export interface WantedPort {
  /** The variable that sets it. */
  variable: string
  /** For people: "the web". */
  purpose: string
  host: string
  /** 0 takes any free port. */
  port: number
}

/** Fails with one sentence for all ports that cannot be listened on, before anything else is started. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const obstacles = await Promise.all(wanted.map(obstacleOf))
  const found = obstacles.filter((each) => each !== undefined)
  if (found.length > 0) throw new UserError(found.join('\n'))
}

/** Undefined when the port can be used. */
async function obstacleOf({ variable, purpose, host, port }: WantedPort): Promise<string | undefined> {
  const code = await listenOnce(host, port)
  if (code === undefined) return undefined
  const where = `${host}:${port}`
  if (code === 'EADDRINUSE')
    return `Port ${where} for ${purpose} is taken by another program: set ${variable} to another port.`
  if (code === 'EACCES')
    return `Port ${where} for ${purpose} is reserved to root: set ${variable} to a port above 1023.`
  return `Nothing can listen on ${where} for ${purpose} (${code}): set ${variable.replace('_PORT', '_HOST')} to an address of this machine.`
}

function listenOnce(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
