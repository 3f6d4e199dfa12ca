import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, watch } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryFolder, viteProgram } from './instance/vite-program.ts'
import type { StartFlags } from './instance/start.ts'
import { untilToldToStop } from './instance/stop-signals.ts'
import { loadSettings } from './settings.ts'
import { UserError } from './user-error.ts'

const command = fileURLToPath(new URL('../bin/fettle.mjs', import.meta.url))
const vitePort = 5173
/** An editor that saves several files, or a branch switched, is one change. */
const settleMs = 300

/** `fettle start --dev`: vite serves the web from its sources, and what else runs is started again when its sources change. */
export async function runDevelopment({ demo, demoPublic }: StartFlags): Promise<void> {
  const { httpPort } = loadSettings()
  if (httpPort === 0)
    throw new UserError('Development needs a fixed FETTLE_HTTP_PORT: the web passes its calls on to it.')
  const told = untilToldToStop()
  const web = path.join(repositoryFolder, 'web')
  const flags = [
    ...(demo === undefined ? [] : [demo ? '--demo' : '--no-demo']),
    ...(demoPublic ? ['--demo-public'] : []),
  ]
  const vite = spawn(
    process.execPath,
    [viteProgram(web), '--port', String(vitePort), '--strictPort', '--clearScreen', 'false'],
    {
      cwd: web,
      stdio: 'inherit',
      env: { ...process.env, FETTLE_API: `http://127.0.0.1:${httpPort}` },
    },
  )
  const backend = restartable(() =>
    spawn(process.execPath, [command, 'start', '--no-web', ...flags], { stdio: 'inherit' }),
  )
  const stopWatching = watchSources((file) => {
    console.log(`${file} changed, starting again …`)
    backend.restart()
  })
  await Promise.race([told, once(vite, 'exit')])
  stopWatching()
  vite.kill()
  await backend.stop()
}

/** A process that is replaced by a new one; changes during a replacement lead to one more. */
function restartable(start: () => ChildProcess) {
  let child = start()
  let work = Promise.resolve()
  let wanted = false

  async function end(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }

  return {
    restart() {
      if (wanted) return
      wanted = true
      work = work.then(async () => {
        wanted = false
        await end()
        child = start()
      })
    },
    async stop() {
      await work
      await end()
    },
  }
}

/** Tells of changed sources of everything but the web, which vite looks after. Returns how to end it. */
function watchSources(onChange: (file: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watchers = sourceFolders().map((folder) =>
    watch(folder, { recursive: true }, (_, name) => {
      if (name === null || !/\.(ts|sql)$/.test(name) || name.includes('.test.')) return
      clearTimeout(timer)
      timer = setTimeout(() => onChange(path.relative(repositoryFolder, path.join(folder, name))), settleMs)
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}

function sourceFolders(): string[] {
  const rooms = ['api', 'cli', 'devices-sim', 'gateway', 'ingest', 'provisioning', 'rules']
  const packages = readdirSync(path.join(repositoryFolder, 'packages')).map((name) => path.join('packages', name))
  return [...rooms, ...packages].map((room) => path.join(repositoryFolder, room, 'src'))
}
