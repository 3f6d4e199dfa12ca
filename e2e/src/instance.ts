import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'

export interface InstanceOptions {
  /** With the simulated fleet and the demo accounts, or empty. */
  demo: boolean
  /** Kept when it is given; otherwise a new folder that `stop` removes. */
  dataDir?: string
  /** Over the defaults: all ports are free ones, nothing of this process's own FETTLE_ variables. */
  env?: Readonly<Record<string, string>>
  /** False spares the building of the web; default true. */
  web?: boolean
  /** Default 120 s: the first start on a busy machine builds the web. */
  timeoutMs?: number
}

export interface Instance {
  url: string
  mqttUrl: string
  /** Control interface of the simulated fleet; '' without the demonstration. */
  simUrl: string
  databaseUrl: string
  dataDir: string
  pid: number
  /** Everything that it printed. */
  output(): string
  /** Its log file, JSON lines. */
  logs(): Promise<string>
  /** Ends it as a power cut would; resolves when the process is gone. Its data folder stays. */
  kill9(): Promise<void>
  /** Ends it as Ctrl-C would, and removes its folder unless that was given. Rejects when it did not end cleanly. */
  stop(): Promise<void>
}

interface Running {
  pid: number
  url: string
  mqttUrl: string
  simUrl?: string
  databaseUrl: string
}

const command = fileURLToPath(new URL('../../cli/bin/fettle.mjs', import.meta.url))
const freePorts = { FETTLE_HTTP_PORT: '0', FETTLE_MQTT_PORT: '0', FETTLE_SIM_PORT: '0' }
/** A story tells of what happens in it; tickets of last month would come between. */
const noHistory = { FETTLE_DEMO_HISTORY_DAYS: '0' }

/** `fettle start` as a process of its own; resolves when `/readyz` says so, rejects with its output when it ends before. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { demo, env = {}, web = true, timeoutMs = 120_000 } = options
  const own = options.dataDir === undefined ? await tempFolder('instance') : undefined
  const dataDir = options.dataDir ?? path.join(own?.path ?? '', 'data')
  const argv = [command, 'start', demo ? '--demo' : '--no-demo', ...(web ? [] : ['--no-web'])]
  const child = spawn(process.execPath, argv, {
    env: { ...inheritable(process.env), ...freePorts, ...noHistory, FETTLE_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => (output += text))
  }
  const exited = once(child, 'exit') as Promise<[code: number | null, signal: NodeJS.Signals | null]>
  const kill9 = async () => {
    child.kill('SIGKILL')
    await exited
  }

  let running: Running
  try {
    running = await Promise.race([untilReady(dataDir, child.pid, timeoutMs), exited.then(() => endedEarly(output))])
  } catch (error) {
    await kill9()
    throw new Error(`the instance did not become ready:\n${output}`, { cause: error })
  }
  return {
    simUrl: '',
    ...running,
    dataDir,
    kill9,
    output: () => output,
    logs: () => readFile(path.join(dataDir, 'logs', 'fettle.log'), 'utf8'),
    async stop() {
      child.kill('SIGINT')
      const [code, signal] = await exited
      if (code !== 0) throw new Error(`the instance ended with ${signal ?? `code ${code}`}:\n${output}`)
      await own?.remove()
    },
  }
}

/** The file with its addresses is written last, and names the process, since one that was killed leaves its own behind. */
function untilReady(dataDir: string, pid: number | undefined, timeoutMs: number): Promise<Running> {
  const look = async () => {
    const running = JSON.parse(await readFile(path.join(dataDir, 'running.json'), 'utf8')) as Running
    if (running.pid !== pid) return false
    const { ok } = await fetch(new URL('/readyz', running.url))
    return ok && running
  }
  return eventually(look, { what: 'the instance to be ready', timeoutMs, everyMs: 100 })
}

function endedEarly(output: string): never {
  throw new Error(`it ended by itself: ${output}`)
}

/** Settings of the person who runs the tests are not those of the tests. */
function inheritable(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(FETTLE_|DATABASE_URL$|INFLUX_|NATS_|MQTT_|VITEST|NODE_ENV$)/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)))
}
