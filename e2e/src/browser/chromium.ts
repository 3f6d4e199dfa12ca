import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

/** Of `@sparticuz/chromium` in the root's package.json; another version unpacks into another folder. */
const version = '147.0.0'
const unpacker = fileURLToPath(new URL('unpack-chromium.mjs', import.meta.url))
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The Chromium that npm brought, headless. Where the machine lacks a library that it needs, it starts once more with
 * those of the package. Its fonts are the package's too, so that pages look the same everywhere.
 */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpackedChromium()
  const executablePath = path.join(folder, 'chromium')
  const env: Record<string, string> = { ...definedOf(process.env), FONTCONFIG_PATH: folder }
  try {
    return await chromium.launch({ executablePath, args, env })
  } catch (withoutLibraries) {
    const libraries = [path.join(folder, 'al2023', 'lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
    try {
      return await chromium.launch({ executablePath, args, env: { ...env, LD_LIBRARY_PATH: libraries } })
    } catch (error) {
      throw new AggregateError([withoutLibraries, error], `Chromium of ${folder} does not start`, { cause: error })
    }
  }
}

/** The folder with the unpacked browser: made by the first test of this user, complete or not there at all. */
async function unpackedChromium(): Promise<string> {
  const user = process.getuid?.() ?? 'user'
  const folder = path.join(tmpdir(), `fettle-chromium-${version}-${user}`)
  if (existsSync(folder)) return ownFolder(folder)
  const draft = await mkdtemp(`${folder}-`)
  try {
    const env = { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' }
    await promisify(execFile)(process.execPath, [unpacker], { env })
    await chmod(path.join(draft, 'chromium'), 0o755)
    await mkdir(path.join(draft, 'font-cache'))
    await writeFile(path.join(draft, 'fonts.conf'), fontConfiguration(folder))
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another process of ours was quicker.
    if (!existsSync(folder)) throw error
  }
  return ownFolder(folder)
}

/** A folder in a place where everybody may write runs only when it is ours. */
async function ownFolder(folder: string): Promise<string> {
  const { uid } = await stat(folder)
  if (process.getuid && uid !== process.getuid()) throw new Error(`${folder} belongs to somebody else; remove it`)
  return folder
}

const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
