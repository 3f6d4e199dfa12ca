import { spawn, type ChildProcess } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'

export interface InfluxdOptions {
  /** Everything that it stores; a folder that it had before has its data. */
  readonly dir: string
  /** An administrator that it is made with; without one everybody may do everything. */
  readonly admin?: { readonly username: string; readonly password: string }
}

export interface Influxd {
  /** `http://127.0.0.1:…`, the same after every start. */
  readonly url: string
  /** As after a power cut. */
  kill(): Promise<void>
  /** Again on the same port and data. */
  start(): Promise<void>
  stop(): Promise<void>
}

const programs = ['/usr/bin/influxd', '/usr/local/bin/influxd']

/** Whether InfluxDB 1.x is here (Debian: `apt-get install influxdb`); tests that need it skip themselves otherwise. */
export async function hasInfluxd(): Promise<boolean> {
  return (await installed()) !== undefined
}

/** A real InfluxDB 1.x on a free port of loopback, ready when this resolves. */
export async function startInfluxd({ dir, admin }: InfluxdOptions): Promise<Influxd> {
  const program = await installed()
  if (program === undefined) throw new Error('influxd is not installed: apt-get install influxdb')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = path.join(dir, 'influxdb.conf')
  await mkdir(dir, { recursive: true })
  await writeFile(config, settings(dir, port, await freePort(), admin !== undefined))
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    if (!program || child) throw new Error('influxd is running already')
    const started = spawn(program, ['-config', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    let said = ''
    started.stderr.on('data', (chunk) => (said = (said + String(chunk)).slice(-4_000)))
    const hasEnded = () => started.exitCode !== null || started.signalCode !== null
    const answers = async () => hasEnded() || (await fetch(`${url}/ping`)).ok
    await orEnd(() => eventually(answers, { what: 'influxd', timeoutMs: 30_000 }))
    if (hasEnded()) throw new Error(`influxd ended at once: ${said}`)
  }

  /** Leaves no server behind that nobody knows of. */
  async function orEnd(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      await end('SIGKILL')
      throw error
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await gone
  }

  await start()
  if (admin) await orEnd(() => createAdmin(url, admin))
  return { url, start, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

async function createAdmin(url: string, { username, password }: NonNullable<InfluxdOptions['admin']>): Promise<void> {
  const escaped = (text: string) => text.replaceAll(/["'\\]/g, String.raw`\$&`)
  const q = `CREATE USER "${escaped(username)}" WITH PASSWORD '${escaped(password)}' WITH ALL PRIVILEGES`
  const response = await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q }) })
  // A folder that had one before refuses, as the first account needs no sign-in and the next ones do.
  if (!response.ok && response.status !== 401) throw new Error(`influxd: ${await response.text()}`)
}

function settings(dir: string, httpPort: number, backupPort: number, withAccounts: boolean): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${backupPort}"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[subscriber]
  enabled = false
[continuous_queries]
  enabled = false
[http]
  bind-address = "127.0.0.1:${httpPort}"
  auth-enabled = ${withAccounts}
  log-enabled = false
`
}

async function installed(): Promise<string | undefined> {
  for (const program of programs) {
    const found = await access(program).then(
      () => true,
      () => false,
    )
    if (found) return program
  }
  return undefined
}
