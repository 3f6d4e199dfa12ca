import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import net from 'node:net'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'

/** Held until released, and by the operating system's hand when the process ends in whatever way. */
export interface DataFolderLock {
  release: () => Promise<void>
}

export interface LockOptions {
  /** How long a listener may stay silent until it is taken for a stalled Fettle process. */
  answerTimeoutMs?: number
}

/** What a port says when asked who holds it. */
type Answer = { kind: 'nobody' } | { kind: 'stranger' } | { kind: 'silence' } | { kind: 'holder'; pid: string }

const protocol = 'fettle-data-folder-lock/1'
const candidateCount = 8
/** Below the range from which operating systems take the ports of outgoing connections. */
const [firstPort, portCount] = [10_240, 20_000]

/**
 * Makes this process the only one on `dataDir`; fails with one sentence when another has it.
 *
 * The lock is a loopback listener on a port derived from the folder's real path: unlike a pid file it cannot be left behind, and
 * cannot mistake one process for another. The listener tells whom it stands for, so a stranger on the same port is told apart
 * and the next candidate port is taken. A holder may therefore sit on any candidate: after listening on one, all others are
 * asked. Of two processes that listen at the same time, at least the later one sees the other.
 */
export async function acquireDataFolderLock(dataDir: string, options: LockOptions = {}): Promise<DataFolderLock> {
  const folder = await realpath(dataDir)
  const digest = createHash('sha256').update(folder).digest()
  const greeting = `${protocol} ${digest.toString('hex')}`
  const ports = candidatePorts(digest)
  const refuseIfHeld = async (port: number) => {
    const answer = await ask(port, greeting, options.answerTimeoutMs ?? 10_000)
    if (answer.kind === 'holder' || answer.kind === 'silence') throw locked(folder, port, answer)
  }

  for (const port of ports) {
    const server = await listen(port, `${greeting} ${process.pid}\n`)
    if (server === null) {
      await refuseIfHeld(port)
      continue
    }
    try {
      await Promise.all(ports.filter((other) => other !== port).map(refuseIfHeld))
    } catch (error) {
      await close(server)
      throw error
    }
    return { release: () => close(server) }
  }
  throw new EmbeddedPostgresError(
    'data-folder/locked',
    `The data folder ${folder} cannot be locked: other programs listen on all of its ports (${ports.join(', ')} on 127.0.0.1).`,
  )
}

/** The ports that stand for a folder, by its digest, in the order in which they are tried. */
export function candidatePorts(digest: Buffer): number[] {
  const ports = Array.from({ length: candidateCount }, (_, i) => firstPort + (digest.readUInt16BE(2 * i) % portCount))
  return [...new Set(ports)]
}

/** Null when the port is taken. */
function listen(port: number, greeting: string): Promise<net.Server | null> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {}) // whoever asked is gone
    socket.end(greeting)
    socket.resume()
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = ['EADDRINUSE', 'EACCES'].includes(systemCode(error) ?? '')
      if (taken) resolve(null)
      else reject(error)
    })
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.unref() // the lock alone is no reason to keep running
      resolve(server)
    })
  })
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Asks whoever listens on `port`. The question is nonsense in every other protocol, so a stranger answers or hangs up. */
function ask(port: number, greeting: string, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port })
    let heard = ''
    const settle = (answer: Answer) => {
      socket.destroy()
      resolve(answer)
    }
    const judge = () => {
      const [line = ''] = heard.split('\n')
      settle(
        line.startsWith(`${greeting} `)
          ? { kind: 'holder', pid: line.slice(greeting.length + 1) }
          : { kind: 'stranger' },
      )
    }
    socket.setTimeout(timeoutMs, () => settle({ kind: 'silence' }))
    socket.once('connect', () => socket.write(`${protocol}?\r\n\r\n`))
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      if (heard.includes('\n') || heard.length > greeting.length + 32) judge()
    })
    socket.once('end', judge)
    socket.once('error', (error) => settle({ kind: systemCode(error) === 'ECONNREFUSED' ? 'nobody' : 'stranger' }))
  })
}

function locked(folder: string, port: number, answer: Extract<Answer, { kind: 'holder' | 'silence' }>) {
  const who =
    answer.kind === 'holder'
      ? `Another Fettle process (${answer.pid}) already uses`
      : `Something on 127.0.0.1:${port} accepts connections and says nothing, probably a stalled Fettle process that uses`
  return new EmbeddedPostgresError(
    'data-folder/locked',
    `${who} the data folder ${folder}: stop it first, or set FETTLE_DATA to another folder.`,
  )
}
