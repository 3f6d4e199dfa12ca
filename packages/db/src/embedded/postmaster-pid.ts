import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { systemCode } from './embedded-error.ts'

/** What `postmaster.pid` says; PostgreSQL writes it line by line while it starts, so the later fields may still be missing. */
export interface PostmasterPid {
  pid: number
  /** TCP port, or null while it is not known yet. */
  port: number | null
  status: 'starting' | 'stopping' | 'ready' | 'standby' | null
}

/** Larger than any process id that an operating system gives out, and still a valid one for PostgreSQL to read. */
const impossiblePid = 2 ** 31 - 1

/** Reads `postmaster.pid` of a cluster; null when there is none or nothing usable in it. */
export async function readPostmasterPid(cluster: string): Promise<PostmasterPid | null> {
  try {
    return parsePostmasterPid(await readFile(fileOf(cluster), 'utf8'))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/**
 * The lines are: process id, data folder, start time, port, socket folder, listen address, shared memory key, status
 * (src/include/utils/pidfile.h of PostgreSQL).
 */
export function parsePostmasterPid(content: string): PostmasterPid | null {
  const lines = content.split('\n').map((line) => line.trim())
  // A standalone backend (`postgres --single`) writes its process id negated.
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isSafeInteger(pid) || pid === 0) return null
  const port = Number(lines[3])
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null, status: statusOf(lines[7]) }
}

function statusOf(line: string | undefined): PostmasterPid['status'] {
  return line === 'starting' || line === 'stopping' || line === 'ready' || line === 'standby' ? line : null
}

/**
 * Makes a leftover `postmaster.pid` harmless. PostgreSQL refuses to start while the process in it exists, also when the id was
 * given to someone else meanwhile or nobody has collected the dead process yet. Only the id is replaced. Deleting the file would
 * also delete the shared memory key in it, by which PostgreSQL finds out whether orphaned backends still work on the folder.
 */
export async function disownPostmasterPid(cluster: string): Promise<void> {
  const [, ...rest] = (await readFile(fileOf(cluster), 'utf8')).split('\n')
  await writeFile(fileOf(cluster), [impossiblePid, ...rest].join('\n'))
}

function fileOf(cluster: string): string {
  return path.join(cluster, 'postmaster.pid')
}
