import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { UserError } from '../user-error.ts'
import { repositoryFolder, viteProgram } from './vite-program.ts'

const stampName = '.sources'

/** What decides about the built app: its own files, the packages it imports, and the versions of the libraries. */
const sources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'packages/contracts/src',
  'packages/domain/src',
  'package-lock.json',
]

export interface WebApp {
  /** The folder to serve. */
  root: string
  /** False when it was up to date already. */
  wasBuilt: boolean
}

export interface WebAppOptions {
  /** Receives the builder's output. */
  logFile: string
  onBuild: () => void
  /** Where `web/` and `packages/` are; default: this repository. */
  repository?: string
}

/** The folder of the web app, built anew when its sources changed since. Without sources, as in an image, it is as it is. */
export async function ensureWebApp({
  logFile,
  onBuild,
  repository = repositoryFolder,
}: WebAppOptions): Promise<WebApp> {
  const web = path.join(repository, 'web')
  const root = path.join(web, 'dist')
  if (!existsSync(path.join(web, 'src'))) {
    if (!existsSync(root)) throw new Error(`neither sources nor a build of the web app in ${web}`)
    return { root, wasBuilt: false }
  }
  const wanted = await fingerprint(repository)
  if ((await readStamp(root)) === wanted) return { root, wasBuilt: false }
  onBuild()
  const draft = path.join(web, 'node_modules', `.build-${process.pid}`)
  try {
    await mkdir(draft, { recursive: true })
    await build(web, draft, logFile)
    await writeFile(path.join(draft, stampName), wanted)
    await replace(root, draft)
  } catch (error) {
    throw explained(error, web)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return { root, wasBuilt: true }
}

/** In a process of its own, so that nothing else waits for it and its memory is given back. */
async function build(web: string, outDir: string, logFile: string): Promise<void> {
  const run = promisify(execFile)
  const argv = [viteProgram(web), 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  try {
    const { stdout, stderr } = await run(process.execPath, argv, { cwd: web, maxBuffer: 16 * 1024 * 1024 })
    await writeFile(logFile, stdout + stderr)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    await writeFile(logFile, stdout + stderr)
    const said = (stdout + stderr).trim() || String(error)
    throw new UserError(`The web app could not be built (all of it in ${logFile}):\n${said}`, { cause: error })
  }
}

/** Another process may build at the same time; whoever comes first stays, since both built the same. */
async function replace(root: string, draft: string): Promise<void> {
  const old = `${draft}-old`
  await rename(root, old).catch(ignoring('ENOENT'))
  await rename(draft, root).catch(ignoring('ENOTEMPTY', 'EEXIST'))
  await rm(old, { recursive: true, force: true })
}

function ignoring(...codes: string[]) {
  return (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error
  }
}

function explained(error: unknown, web: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return error
  const message = `The web app must be built, but ${web} cannot be written (${code}): start Fettle once as its owner.`
  return new UserError(message, { cause: error })
}

async function readStamp(root: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(root, stampName), 'utf8')
  } catch {
    return undefined
  }
}

/** Over names and contents; times say nothing after a clone. */
async function fingerprint(repository: string): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of await filesIn(path.join(repository, source))) {
      hash.update(`${path.relative(repository, file)}\0`).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesIn(root: string): Promise<string[]> {
  if (!existsSync(root)) return []
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null
      throw error
    },
  )
  if (entries === null) return [root]
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
}
