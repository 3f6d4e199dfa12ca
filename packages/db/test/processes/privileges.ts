import { spawnSync } from 'node:child_process'
import { invocation } from '../../src/embedded/run-as.ts'

/** What the user that runs the tests may do; tests that need more are skipped. */
export const isRoot = process.getuid?.() === 0

/** The user who owns nothing. */
export const nobody = 65534

const inNamespace = invocation({ kind: 'user-namespace' }, 'true', [])
export const canUnshare = spawnSync(inNamespace.command, inNamespace.args).status === 0

/** Whether root can run Node here as somebody else; not when Node or the repository lies where only root may go. */
export const othersCanRun =
  isRoot && spawnSync(process.execPath, ['-e', ''], { uid: nobody, gid: nobody, cwd: import.meta.dirname }).status === 0
