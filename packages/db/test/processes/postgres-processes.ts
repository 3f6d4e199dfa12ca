import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { isAlive } from '../../src/embedded/process-probe.ts'
import { readPostmasterPid } from '../../src/embedded/postmaster-pid.ts'

/** The process id of the server on a data folder, from the file that PostgreSQL keeps while it runs. */
export async function postmasterOf(dataDir: string): Promise<number> {
  const state = await readPostmasterPid(path.join(dataDir, 'postgres'))
  if (state === null) throw new Error(`no PostgreSQL claims ${dataDir}`)
  return state.pid
}

/** Whether a server still claims the folder, or process `pid` still runs. */
export async function isRunning(dataDir: string, pid: number): Promise<boolean> {
  return (await isAlive(pid)) || (await readPostmasterPid(path.join(dataDir, 'postgres'))) !== null
}

export async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

export async function serverLog(dataDir: string): Promise<string> {
  return readFile(path.join(dataDir, 'logs', 'postgres.log'), 'utf8')
}
