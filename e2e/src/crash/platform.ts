import path from 'node:path'
import { readPostmasterPid } from '@fettle/db/embedded/postmaster-pid'
import { startInstance } from '../instance.ts'

export type Victim = 'fettle' | 'postgres' | 'both'

/** The running product of one data folder, which is killed and started again. */
export interface Platform {
  /** Of the API, as of the last start. */
  url(): string
  mqttUrl(): string
  databaseUrl(): string
  /** `kill -9`. PostgreSQL is started again by Fettle, and Fettle by `restart`. */
  kill(victim: Victim): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
  /** Everything that all processes printed. */
  output(): string
}

export async function startPlatform(dataDir: string): Promise<Platform> {
  const start = () => startInstance({ demo: false, dataDir, web: false })
  let instance = await start()
  let output = ''

  async function killPostgres(): Promise<void> {
    const found = await readPostmasterPid(path.join(dataDir, 'postgres'))
    if (!found) throw new Error('no PostgreSQL runs on the data folder')
    process.kill(found.pid, 'SIGKILL')
  }

  return {
    url: () => instance.url,
    mqttUrl: () => instance.mqttUrl,
    databaseUrl: () => instance.databaseUrl,
    async kill(victim) {
      if (victim !== 'fettle') await killPostgres()
      if (victim !== 'postgres') await instance.kill9()
    },
    async restart() {
      output += instance.output()
      instance = await start()
    },
    stop: () => instance.stop(),
    output: () => output + instance.output(),
  }
}
