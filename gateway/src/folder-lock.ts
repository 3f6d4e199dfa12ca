import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Keeps other processes out of a folder until `release`, or until this process ends in whatever way. */
export interface FolderLock {
  release(): Promise<void>
}

/** Another process has the folder; the message says which folder, and what to do. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes the lock of an existing folder, or throws a sentence that names the folder. A listening socket is the lock: unlike
 * a pid file it cannot outlive its process, nor be fooled by pid 1 of another container.
 */
export async function lockFolder(dir: string): Promise<FolderLock> {
  const name = `fettle-${createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 24)}`
  // Linux has names that are no files; elsewhere a dead process leaves its socket file behind.
  const path = process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
  const server = await listen(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    if (path.startsWith('\0') || (await isAlive(path))) {
      throw new FolderInUse(`another gateway is running on ${dir}: stop it, or give this one its own FETTLE_DATA`, {
        cause: error,
      })
    }
    rmSync(path, { force: true })
    return listen(path)
  })
  server.unref()
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function listen(path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  server.listen({ path, exclusive: true })
  await once(server, 'listening')
  return server
}

async function isAlive(path: string): Promise<boolean> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
