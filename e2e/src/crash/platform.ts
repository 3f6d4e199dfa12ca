import path from 'node:path'
import { readPostmasterPid } from '@fettle/db/embedded/postmaster-pid'
import { startInstance } from '../instance.ts'
import type { Works } from '../works/works.ts'

/** `server`: the one that keeps the readings, PostgreSQL or InfluxDB. */
export type Victim = 'fettle' | 'server' | 'both'

/** The running product of one data folder, which is killed and started again. */
export interface Platform {
  /** Of the API, as of the last start. */
  url(): string
  mqttUrl(): string
  databaseUrl(): string
  /** Lets the machines of the works in at a broker that has accounts of its own. */
  admit(works: Works): Promise<void>
  /** `kill -9`. The server comes back by itself, and Fettle by `restart`. */
  kill(victim: Victim): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
  /** Ends all that runs, whatever state it is in. */
  abandon(): Promise<void>
  /** Everything that all processes printed. */
  output(): string
}

/** Everything in one process, and PostgreSQL as its child. */
export async function startEmbeddedPlatform(dataDir: string): Promise<Platform> {
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
    // The broker asks the database who they are.
    admit: async () => {},
    async kill(victim) {
      if (victim !== 'fettle') await killPostgres()
      if (victim !== 'server') await instance.kill9()
    },
    async restart() {
      output += instance.output()
      instance = await start()
    },
    stop: () => instance.stop(),
    abandon: async () => {
      await Promise.allSettled([killPostgres(), instance.kill9()])
    },
    output: () => output + instance.output(),
  }
}
