import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { systemCode } from './embedded-error.ts'

/**
 * Whether a process runs, whoever owns it. One that ended but was never collected by its parent (an orphan in a container
 * whose first process does not collect) counts as ended.
 */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, and is not ours to signal.
    if (systemCode(error) !== 'EPERM') return false
  }
  return process.platform !== 'linux' || !(await isZombie(pid))
}

async function isZombie(pid: number): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // "123 (name) Z …"; the name may contain brackets and blanks.
  return line !== null && line[line.lastIndexOf(')') + 2] === 'Z'
}

/**
 * Whether process `pid` is a PostgreSQL server on `cluster`, by its command line, which any user may read. (Its working folder
 * would say the same, but reading that of another user's process needs a capability that root in a container lacks.)
 */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  // Windows shows no command line without further tools; PostgreSQL guards its folder by a named object there.
  if (process.platform === 'win32') return true
  const [program = '', ...args] = await commandLine(pid)
  return path.basename(program) === 'postgres' && args[args.indexOf('-D') + 1] === cluster
}

async function commandLine(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  }
  return psCommandLine(pid)
}

/** `ps` joins the arguments by blanks. Ours are `postgres -D FOLDER -c …`, so the folder is what stands between the two flags. */
async function psCommandLine(pid: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  const match = /^(.*\/postgres) -D (.*?) -c /.exec(stdout)
  return match ? [match[1] ?? '', '-D', match[2] ?? ''] : []
}
