import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** How to reach the process that runs on a data folder; for the other commands of the same person. */
export interface RunningInstance {
  pid: number
  /** Of the API and the web. */
  url: string
  /** Of the broker, without credentials. */
  mqttUrl: string
  /** The control interface of the simulated fleet; absent outside of demo mode. */
  simUrl?: string
  databaseUrl: string
}

const fileIn = (dataDir: string) => path.join(dataDir, 'running.json')

/** Written when all of it works, for its owner alone: it holds the database's password. */
export async function writeRunningFile(dataDir: string, running: RunningInstance): Promise<void> {
  const file = fileIn(dataDir)
  await writeFile(`${file}.new`, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

export async function removeRunningFile(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true })
}

/** Undefined when nothing runs there. A process that was killed leaves its file behind: its number then belongs to nobody. */
export async function readRunningFile(dataDir: string): Promise<RunningInstance | undefined> {
  try {
    const running = JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as RunningInstance
    return isAlive(running.pid) ? running : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
