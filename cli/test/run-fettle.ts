import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const command = fileURLToPath(new URL('../bin/fettle.mjs', import.meta.url))
const freePorts = { FETTLE_HTTP_PORT: '0', FETTLE_MQTT_PORT: '0', FETTLE_SIM_PORT: '0' }
/** What is counted must not grow meanwhile. */
const noHistory = { FETTLE_DEMO_HISTORY_DAYS: '0' }

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface FettleProcess {
  child: ChildProcess
  /** What it printed so far, on both. */
  printed(): string
  ended: Promise<Ended>
}

export interface RunOptions {
  env?: Readonly<Record<string, string>>
  /** Standard input; default empty. */
  input?: string
}

/**
 * The command as a person calls it, with free ports and without the settings of whoever runs the tests. It does not outlive
 * its test.
 */
export function spawnFettle(argv: readonly string[], { env = {}, input = '' }: RunOptions = {}): FettleProcess {
  const foreign = /^(FETTLE_|DATABASE_URL$|INFLUX_|NATS_|MQTT_|VITEST|NODE_ENV$)/
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
  const child = spawn(process.execPath, [command, ...argv], {
    env: { ...inherited, ...freePorts, ...noHistory, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end(input)
  const heard = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8')
    child[name].on('data', (text: string) => (heard[name] += text))
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...heard }) as Ended)
  return { child, printed: () => heard.stdout + heard.stderr, ended }
}

export function runFettle(argv: readonly string[], options?: RunOptions): Promise<Ended> {
  return spawnFettle(argv, options).ended
}
