import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Order, Report } from './messages.ts'

export interface Child {
  pid: number
  /** The one thing that the script reports; a script that ends without reporting gives its exit code as a failure. */
  report: Promise<Report>
  exited: Promise<void>
  order: (order: Order) => void
  kill: (signal: NodeJS.Signals) => Promise<void>
}

export interface ChildOptions {
  /** Another user to run as; only root can. */
  uid?: number
}

/** What can be run; each script tells its arguments. */
const scripts = {
  'own-postgres': new URL('./own-postgres.ts', import.meta.url),
  'hold-lock': new URL('./hold-lock.ts', import.meta.url),
  'run-migrations': new URL('./run-migrations.ts', import.meta.url),
}

const running = new Set<ChildProcess>()

/** Runs one of the scripts in this folder as a process of its own. */
export function startChild(script: keyof typeof scripts, args: readonly string[], { uid }: ChildOptions = {}): Child {
  const process = fork(fileURLToPath(scripts[script]), args, {
    execArgv: ['--import', 'tsx', '--conditions=source'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  running.add(process)
  let complaints = ''
  process.stderr?.on('data', (chunk) => (complaints += String(chunk)))
  const exited = once(process, 'exit').then(([code]) => {
    running.delete(process)
    return code as number | null
  })
  const report = Promise.race([
    once(process, 'message').then(([message]) => message as Report),
    exited.then((code): Report => ({ kind: 'failed', code: undefined, message: `exit code ${code}: ${complaints}` })),
  ])
  return {
    pid: process.pid!,
    report,
    exited: exited.then(() => {}),
    order: (order) => process.send(order),
    kill: async (signal) => {
      process.kill(signal)
      await exited
    },
  }
}

/** For `afterEach`: whatever a failed test left running. */
export async function killChildren(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      return exited
    }),
  )
}
