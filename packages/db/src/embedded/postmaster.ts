import { execFile, spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { delay } from '@fettle/platform/retry'
import type { DataLayout } from './data-layout.ts'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'
import type { PostgresBinaries } from './platform-package.ts'
import { disownPostmasterPid, readPostmasterPid } from './postmaster-pid.ts'
import { isAlive, isPostmasterOf } from './process-probe.ts'
import { type RunAs, invocation } from './run-as.ts'
import { lastLogLines, rotateServerLog, sizeOf } from './server-log.ts'
import type { ServerSettings } from './server-settings.ts'

/** A running server. */
export interface Postmaster {
  pid: number
  port: number
  /** Resolves when the process is gone, for whatever reason. Waiting for it does not keep Node running. */
  exited: Promise<void>
}

export interface LaunchOptions {
  layout: DataLayout
  binaries: PostgresBinaries
  runAs: RunAs
  settings: ServerSettings
  port: number
}

/** Replaying the log after a crash takes as long as it takes; beyond this something is wrong. */
const startLimitMs = 300_000
/** A fast shutdown writes everything in memory to disk. */
const fastStopLimitMs = 30_000
/** An immediate shutdown only ends processes. */
const immediateStopLimitMs = 10_000

/** Starts the server and waits until it accepts connections; an error quotes the last lines of its log. */
export async function launchPostmaster(options: LaunchOptions): Promise<Postmaster> {
  const { layout, port } = options
  const leftover = await readPostmasterPid(layout.cluster)
  if (leftover !== null && !(await isPostmasterOf(leftover.pid, layout.cluster)))
    await disownPostmasterPid(layout.cluster)
  await rotateServerLog(layout.logFile)
  const logStart = await sizeOf(layout.logFile)
  const failure = async (what: string, cause?: unknown) => {
    const said = await lastLogLines(layout.logFile, logStart, 12)
    const quote = said.length > 0 ? `:\n${said.join('\n')}` : ` and wrote nothing to ${layout.logFile}`
    return new EmbeddedPostgresError('server/not-started', `PostgreSQL ${what}${quote}`, { cause })
  }

  const child = await spawnServer(options)
  let ending: string | null = null
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      ending = `ended while it started (${signal ?? `exit code ${code}`})`
      resolve()
    })
  })
  const { pid } = child
  if (pid === undefined) {
    const cause = await new Promise<unknown>((resolve) => child.once('error', resolve))
    throw await failure('could not be executed', cause)
  }
  const deadline = performance.now() + startLimitMs
  for (;;) {
    if (ending !== null) throw await failure(ending)
    const state = await readPostmasterPid(layout.cluster)
    if (state?.pid === pid && state.status === 'ready') return { pid, port, exited }
    if (performance.now() > deadline) {
      child.kill('SIGQUIT')
      throw await failure(`did not become ready in ${startLimitMs / 1000} s`)
    }
    await delay(20)
  }
}

/** The server in a session of its own: an interrupt typed at the terminal is for Fettle, which then stops the server in its turn. */
async function spawnServer({ layout, binaries, runAs, settings, port }: LaunchOptions) {
  const flags = Object.entries({ port: String(port), ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const { command, args, options } = invocation(runAs, binaries.postgres, ['-D', layout.cluster, ...flags])
  // A file and not a pipe: the server goes on writing after Fettle was killed.
  const log = await open(layout.logFile, 'a', 0o600).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      'data-folder/unusable',
      `PostgreSQL's log ${layout.logFile} cannot be written (${systemCode(error) ?? String(error)}): ` +
        'start Fettle as its owner, or set FETTLE_DATA to a folder of your own.',
      { cause: error },
    )
  })
  try {
    // Else a file made by root would shut out the ordinary user whose cluster this is.
    if (runAs.kind === 'other-user') await log.chown(runAs.uid, runAs.gid)
    const stdio = ['ignore', log.fd, log.fd] as const
    const child = spawn(command, args, {
      ...options,
      cwd: layout.root,
      stdio: [...stdio],
      detached: true,
      windowsHide: true,
    })
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

/** A server that this process did not start; it is looked at once a second. */
export function adoptedPostmaster(pid: number, port: number): Postmaster {
  const exited = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      void isAlive(pid).then((alive) => {
        if (alive) return
        clearInterval(timer)
        resolve()
      })
    }, 1_000)
    timer.unref()
  })
  return { pid, port, exited }
}

export interface StopOptions {
  pid: number
  layout: DataLayout
  binaries: PostgresBinaries
}

/**
 * Fast shutdown (connections are cut, everything is written), and immediate shutdown when that takes too long: then the next
 * start replays the log and nothing is lost either. Resolves when the process is gone.
 */
export async function stopPostmaster({ pid, layout, binaries }: StopOptions): Promise<void> {
  // The id may have been given to another process since.
  if (!(await isPostmasterOf(pid, layout.cluster))) return
  if (process.platform === 'win32') {
    // A signal would be a kill there.
    await promisify(execFile)(binaries.pgCtl, ['stop', '-D', layout.cluster, '-m', 'fast', '-w'])
    return
  }
  process.kill(pid, 'SIGINT')
  if (await isGone(pid, fastStopLimitMs)) return
  process.kill(pid, 'SIGQUIT')
  if (await isGone(pid, immediateStopLimitMs)) return
  throw new EmbeddedPostgresError(
    'server/not-stopped',
    `PostgreSQL (process ${pid}) on ${layout.cluster} does not stop.`,
  )
}

async function isGone(pid: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (await isAlive(pid)) {
    if (performance.now() > deadline) return false
    await delay(20)
  }
  return true
}
