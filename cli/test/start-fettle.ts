import { eventually } from '@fettle/testing/eventually'
import { readRunningFile, type RunningInstance } from '../src/instance/running-file.ts'
import { spawnFettle, type Ended } from './run-fettle.ts'

export interface Started extends RunningInstance {
  printed(): string
  /** As Ctrl-C does. */
  stop(): Promise<Ended>
  kill9(): Promise<Ended>
}

export const startTimeoutMs = 120_000

/** `fettle start` without the web, until it is ready. Rejects with what it printed when it ends before. */
export async function startFettle(dataDir: string, flags: readonly string[], env = {}): Promise<Started> {
  const { child, printed, ended } = spawnFettle(['start', '--no-web', ...flags], {
    env: { FETTLE_DATA: dataDir, ...env },
  })
  const early = ended.then(({ code }) => {
    throw new Error(`fettle start ended with ${code}:\n${printed()}`)
  })
  early.catch(() => {}) // only before it is ready
  const look = async () => {
    const running = await readRunningFile(dataDir)
    return running?.pid === child.pid && (await fetch(`${running?.url}/readyz`)).ok && running
  }
  const ready = eventually(look, { what: 'fettle start to be ready', timeoutMs: startTimeoutMs, everyMs: 100 })
  const running = await Promise.race([ready, early])
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { ...running, printed, stop: () => end('SIGINT'), kill9: () => end('SIGKILL') }
}

/** The token of an account, or the status of the refusal. */
export async function signIn(url: string, username: string, password: string): Promise<string | number> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  return response.ok ? ((await response.json()) as { token: string }).token : response.status
}
