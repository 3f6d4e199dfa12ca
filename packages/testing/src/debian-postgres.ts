import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { access, chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'

export interface DebianPostgres {
  /** An empty database of a server of its own. */
  readonly url: string
  stop(): Promise<void>
}

const versions = '/usr/lib/postgresql'

/** Where Debian's newest PostgreSQL has its programs; undefined where it is not installed. */
async function programs(): Promise<string | undefined> {
  const found = await readdir(versions).catch(() => [])
  for (const version of found.toSorted((a, b) => Number(b) - Number(a))) {
    const bin = path.join(versions, version, 'bin')
    const isThere = await access(path.join(bin, 'initdb')).then(
      () => true,
      () => false,
    )
    if (isThere) return bin
  }
  return undefined
}

export async function hasDebianPostgres(): Promise<boolean> {
  return (await programs()) !== undefined
}

/** Debian's own PostgreSQL on a free port of loopback, in a folder of its own. As root it runs as `nobody`, since it refuses root. */
export async function startDebianPostgres(folder: string): Promise<DebianPostgres> {
  const bin = await programs()
  if (bin === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql')
  const as = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const data = path.join(folder, 'debian-postgres')
  await mkdir(data, { recursive: true })
  if (as.uid !== undefined) await chown(data, as.uid, as.gid)
  const password = path.join(folder, 'debian-postgres-password')
  await writeFile(password, 'for-the-test-alone')
  const initdb = [
    '-D',
    data,
    '-U',
    'fettle',
    `--pwfile=${password}`,
    '-A',
    'scram-sha-256',
    '--locale=C.UTF-8',
    '-E',
    'UTF8',
  ]
  const made = spawnSync(path.join(bin, 'initdb'), initdb, { ...as, cwd: '/', encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'on' }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server: ChildProcess = spawn(path.join(bin, 'postgres'), ['-D', data, ...flags], {
    ...as,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr?.on('data', (chunk) => (said += String(chunk)))
  const isUp = () => /ready to accept connections/.test(said) || server.exitCode !== null
  await eventually(isUp, { what: 'PostgreSQL of Debian', timeoutMs: 30_000 })
  if (server.exitCode !== null) throw new Error(`PostgreSQL ended at once: ${said}`)
  return {
    url: `postgres://fettle:for-the-test-alone@127.0.0.1:${port}/fettle`,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT') // fast: it does not wait for whoever is still connected
      await gone
    },
  }
}
