import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface TempFolder extends AsyncDisposable {
  /** Absolute and free of links. */
  path: string
  remove: () => Promise<void>
}

/**
 * A new folder for one test; `await using folder = await tempFolder()` removes it at the end of the block. Others may enter it, as
 * the embedded PostgreSQL needs when the tests run as root.
 */
export async function tempFolder(name = 'test'): Promise<TempFolder> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), `fettle-${name}-`)))
  await chmod(folder, 0o755)
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  return { path: folder, remove, [Symbol.asyncDispose]: remove }
}
