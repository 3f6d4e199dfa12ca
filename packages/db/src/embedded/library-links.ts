import { readFile, stat, symlink, unlink } from 'node:fs/promises'
import path from 'node:path'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'

/** One line of `native/pg-symlinks.json`: `target` is the link to make, `source` the file it leads to, from the package's root. */
interface LibraryLink {
  source: string
  target: string
}

/**
 * An npm package cannot carry links, so the platform package makes those between its libraries in an install script. Where
 * scripts were not run (`npm ci --ignore-scripts`), this makes the missing ones. Returns how many were made.
 */
export async function restoreLibraryLinks(packageRoot: string): Promise<number> {
  let made = 0
  for (const { source, target } of await readLinks(packageRoot)) {
    const link = path.join(packageRoot, target)
    if (await leadsSomewhere(link)) continue
    try {
      await makeLink(path.join(packageRoot, source), link)
      made += 1
    } catch (error) {
      throw new EmbeddedPostgresError(
        'platform/links-missing',
        `The embedded PostgreSQL lacks its library link ${link} and this user cannot make it (${systemCode(error) ?? String(error)}): ` +
          `as the owner of node_modules run "npm rebuild ${path.basename(path.dirname(packageRoot))}/${path.basename(packageRoot)}", ` +
          'or set DATABASE_URL to a PostgreSQL server of your own.',
        { cause: error },
      )
    }
  }
  return made
}

/** The package for Windows has no links and no such file. */
async function readLinks(packageRoot: string): Promise<LibraryLink[]> {
  try {
    return JSON.parse(await readFile(path.join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8')) as LibraryLink[]
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

/** False for a missing link and for one that leads nowhere. */
async function leadsSomewhere(link: string): Promise<boolean> {
  return stat(link).then(
    () => true,
    () => false,
  )
}

/** Relative, so that node_modules can be moved. Another process may make the same link at the same time. */
async function makeLink(file: string, link: string): Promise<void> {
  await unlink(link).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error
  })
  await symlink(path.relative(path.dirname(link), file), link).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
}
