import path from 'node:path'
import { loadSettings, refuseUnused } from '../settings.ts'
import { version } from '../version.ts'
import { banner } from './banner.ts'
import { startInstance } from './instance.ts'
import { createProgress } from './progress.ts'
import { untilToldToStop } from './stop-signals.ts'

export interface StartFlags {
  demo?: boolean
  demoPublic?: boolean
  plant?: boolean
  web?: boolean
}

/** `fettle start`: runs until told to stop, or until a part dies that the others cannot go on without. */
export async function start({ demo, demoPublic, plant = true, web = true }: StartFlags): Promise<void> {
  refuseUnused()
  const settings = loadSettings()
  const told = untilToldToStop()
  // Whoever read our output is gone: no reason to die with them.
  process.stdout.on('error', () => {})
  const progress = createProgress()
  progress.say(`机康 Fettle ${version}`)
  const stopping = new AbortController()
  const { signal } = stopping
  void told.then(() => stopping.abort())
  const instance = await startInstance({ settings, demo, demoPublic, plant, serveWeb: web, progress, signal }).catch(
    (error: unknown) => {
      if (!signal.aborted) throw error
    },
  )
  if (!instance) return // told to stop on the way
  console.log(banner(instance, process.uptime() * 1_000, path.resolve(settings.dataDir)))
  const failure = await Promise.race([told, instance.failed])
  if (failure) {
    console.error(`Fettle ends because ${failure.message}: ${String(failure.cause)} (more in ${instance.logFile})`)
    process.exitCode = 1
  } else {
    progress.say('stopping …')
  }
  await instance.stop()
  process.exit() // exitCode as set; a forgotten handle must not keep a stopped process alive
}
