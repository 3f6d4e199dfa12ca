import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'

export interface Mosquitto {
  readonly port: number
  /** With the account that administers the broker. */
  readonly url: string
  /** As after a power cut. */
  kill(): Promise<void>
  /** Again on the same port and data. */
  start(): Promise<void>
  stop(): Promise<void>
}

const program = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto']
const plugins = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
  (arch) => `/usr/lib/${arch}/mosquitto_dynamic_security.so`,
)
/** The settings that the composition ships. */
const shipped = path.join(import.meta.dirname, '../../../provisioning/mosquitto/mosquitto.conf')

/** Whether Debian's mosquitto with its dynamic-security plugin is here; tests that need it skip themselves otherwise. */
export async function hasMosquitto(): Promise<boolean> {
  return (await firstOf(program)) !== undefined && (await firstOf(plugins)) !== undefined
}

/** Debian's mosquitto in a folder of its own, with the settings of the composition and the plugin that keeps accounts. */
export async function startMosquitto(folder: string): Promise<Mosquitto> {
  const [binary, plugin] = [await firstOf(program), await firstOf(plugins)]
  if (binary === undefined || plugin === undefined) throw new Error('mosquitto is not installed')
  const port = await freePort()
  const data = path.join(folder, 'mosquitto')
  const accounts = path.join(data, 'dynamic-security.json')
  const config = path.join(data, 'mosquitto.conf')
  const [administrator, password] = ['fettle', 'for-the-test-alone']
  await mkdir(data, { recursive: true })
  const init = spawnSync('mosquitto_ctrl', ['dynsec', 'init', accounts, administrator, password], { encoding: 'utf8' })
  if (init.status !== 0) throw new Error(`mosquitto_ctrl: ${init.stderr}`)
  const own = [`listener ${port} 127.0.0.1`, `persistence_location ${data}/`, `plugin ${plugin}`]
  // Root's mosquitto would become another user, who may not enter a test's folder.
  own.push(`plugin_opt_config_file ${accounts}`, `user ${process.getuid?.() === 0 ? 'root' : ''}`.trim())
  await writeFile(config, [await readFile(shipped, 'utf8'), ...own.filter((line) => line !== 'user'), ''].join('\n'))

  let child: ChildProcess | undefined
  let said = ''

  async function start(): Promise<void> {
    const started = spawn(binary ?? '', ['-c', config], { stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
    await eventually(() => started.exitCode !== null || /mosquitto version \S+ running/.test(said), {
      what: 'mosquitto',
    })
    if (started.exitCode !== null) throw new Error(`mosquitto ended at once: ${said}`)
    said = ''
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await gone
  }

  await start()
  return {
    port,
    url: `mqtt://${administrator}:${password}@127.0.0.1:${port}`,
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

async function firstOf(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const found = await access(file).then(
      () => true,
      () => false,
    )
    if (found) return file
  }
  return undefined
}
