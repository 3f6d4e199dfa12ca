import { mkdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'

/** Where the embedded PostgreSQL keeps things inside `FETTLE_DATA`; all paths are absolute and free of links. */
export interface DataLayout {
  /** `FETTLE_DATA` itself. */
  root: string
  /** The finished data folder of PostgreSQL. It exists only when initdb went through to its end. */
  cluster: string
  /** Where initdb works; renamed to `cluster` at the end, so a half-made cluster is never taken for a whole one. */
  clusterDraft: string
  passwordFile: string
  /** A copy of the password for initdb alone, which may run as a user who cannot read `passwordFile`. */
  passwordDraft: string
  logFile: string
}

/**
 * Makes `dataDir` and its log folder. They keep the usual permissions: with 0700 here the user that PostgreSQL runs as under
 * root could not reach its own folder below.
 */
export async function prepareDataFolder(dataDir: string): Promise<DataLayout> {
  try {
    await mkdir(path.join(dataDir, 'logs'), { recursive: true })
  } catch (error) {
    throw new EmbeddedPostgresError(
      'data-folder/unusable',
      `The data folder ${path.resolve(dataDir)} cannot be made or written (${systemCode(error) ?? String(error)}); ` +
        'set FETTLE_DATA to a folder that you may write.',
      { cause: error },
    )
  }
  return layoutOf(await realpath(dataDir))
}

/** The layout below a data folder whose real path is known. */
function layoutOf(root: string): DataLayout {
  const inside = (name: string) => path.join(root, name)
  return {
    root,
    cluster: inside('postgres'),
    clusterDraft: inside('postgres.new'),
    passwordFile: inside('postgres-password'),
    passwordDraft: inside('postgres-password.new'),
    logFile: path.join(root, 'logs', 'postgres.log'),
  }
}

export interface Owner {
  uid: number
  gid: number
}

/** Who owns the finished cluster, or null when there is none yet. */
export async function clusterOwner(layout: DataLayout): Promise<Owner | null> {
  try {
    const { uid, gid } = await stat(layout.cluster)
    return { uid, gid }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}
