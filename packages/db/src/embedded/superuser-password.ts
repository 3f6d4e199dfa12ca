import { randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import type { DataLayout } from './data-layout.ts'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'

/** The one role of the embedded server; it owns every database in it. */
export const superuser = 'fettle'

/**
 * The password of `superuser`, generated at the first start and kept in a 0600 file outside PostgreSQL's own folder (which may
 * belong to another user). `clusterExists`: then a missing file is an error, because a new password would not fit the cluster.
 */
export async function superuserPassword(layout: DataLayout, clusterExists: boolean): Promise<string> {
  const kept = await readKept(layout.passwordFile)
  if (kept !== null) return kept
  if (clusterExists) {
    throw new EmbeddedPostgresError(
      'data-folder/unusable',
      `The database in ${layout.root} exists, but its password file ${layout.passwordFile} is missing or empty: bring the file back from your backup.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  await writeSecret(layout.passwordFile, password)
  return password
}

/** Writes a file that only its owner may read, durably. */
export async function writeSecret(file: string, secret: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.chmod(0o600)
    await handle.writeFile(`${secret}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readKept(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim() || null
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw new EmbeddedPostgresError(
      'data-folder/unusable',
      `The password file ${file} cannot be read (${systemCode(error) ?? String(error)}): start Fettle as its owner, or set FETTLE_DATA to a folder of your own.`,
      { cause: error },
    )
  }
}
