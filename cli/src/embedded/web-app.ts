import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { UserError } from '../user-error.ts'
import { viteProgram, webFolder as web } from './vite-program.ts'

/** The same below `src` and `dist`. */
const repository = fileURLToPath(new URL('../../../', import.meta.url))
const built = path.join(web, 'dist')
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
}

/** The folder of the web app, built anew when its sources changed since. Without sources, as in an image, it is as it is. */
export async function ensureWebApp({ logFile, onBuild }: WebAppOptions): Promise<WebApp> {
  if (!existsSync(path.join(web, 'src'))) {
    if (!existsSync(built)) throw new Error(`neither sources nor a build of the web app in ${web}`)
    return { root: built, wasBuilt: false }
  }
  const wanted = await fingerprint()
  if ((await readStamp()) === wanted) return { root: built, wasBuilt: false }
  onBuild()
  const draft = path.join(web, 'node_modules', `.build-${process.pid}`)
  await build(draft, logFile)
  await writeFile(path.join(draft, stampName), wanted)
  await replaceBuilt(draft)
  return { root: built, wasBuilt: true }
}

/** In a process of its own, so that nothing else waits for it and its memory is given back. */
async function build(outDir: string, logFile: string): Promise<void> {
  const run = promisify(execFile)
  const argv = [viteProgram(), 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  try {
    const { stdout, stderr } = await run(process.execPath, argv, { cwd: web, maxBuffer: 16 * 1024 * 1024 })
    await writeFile(logFile, stdout + stderr)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    await writeFile(logFile, stdout + stderr)
    await rm(outDir, { recursive: true, force: true })
    const said = (stdout + stderr).trim() || String(error)
    throw new UserError(`The web app could not be built (all of it in ${logFile}):\n${said}`, { cause: error })
  }
}

/** Another process may build at the same time; whoever comes first stays, since both built the same. */
async function replaceBuilt(draft: string): Promise<void> {
  const old = `${draft}-old`
  await rename(built, old).catch(ignoring('ENOENT'))
  await rename(draft, built).catch(ignoring('ENOTEMPTY', 'EEXIST'))
  await Promise.all([old, draft].map((folder) => rm(folder, { recursive: true, force: true })))
}

function ignoring(...codes: string[]) {
  return (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error
  }
}

async function readStamp(): Promise<string | undefined> {
  try {
    return await readFile(path.join(built, stampName), 'utf8')
  } catch {
    return undefined
  }
}

/** Over names and contents; times say nothing after a clone. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  await mkdir(path.join(web, 'node_modules'), { recursive: true })
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
