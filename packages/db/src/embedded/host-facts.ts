import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'
import { type DataLayout, type Owner, clusterOwner } from './data-layout.ts'
import type { PostgresBinaries } from './platform-package.ts'
import { type RunAs, type RunAsFacts, invocation } from './run-as.ts'

/** Asks the operating system what `chooseRunAs` wants to know. */
export async function hostFacts(layout: DataLayout, binaries: PostgresBinaries): Promise<RunAsFacts> {
  const runs = (runAs: RunAs) => succeeds(runAs, binaries.postgres, ['--version'])
  return {
    dataRoot: layout.root,
    uid: process.getuid?.() ?? null,
    hasUserName: hasUserName(),
    clusterOwner: await clusterOwner(layout),
    canWork: async (owner) => (await mayEnter(layout.root, owner)) && (await runs({ kind: 'other-user', ...owner })),
    canUnshare: async () => process.platform === 'linux' && (await runs({ kind: 'user-namespace' })),
  }
}

function hasUserName(): boolean {
  try {
    userInfo()
    return true
  } catch {
    return false
  }
}

/** Whether `owner` has the right to pass through `folder` and every folder above it. */
async function mayEnter(folder: string, owner: Owner): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    const { uid, gid, mode } = await stat(at)
    const execute = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & execute) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/** Whether the program could be run and ended well: a user that may not execute it, or may not become, gives false. */
function succeeds(runAs: RunAs, program: string, args: readonly string[]): Promise<boolean> {
  const { command, args: all, options } = invocation(runAs, program, args)
  return new Promise((resolve) => {
    // From the root folder: the current one may be closed to that user.
    const child = spawn(command, all, { ...options, cwd: path.parse(program).root, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
