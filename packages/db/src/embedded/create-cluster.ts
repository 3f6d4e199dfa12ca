import { spawn } from 'node:child_process'
import { chown, mkdir, open, rename, rm } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { DataLayout } from './data-layout.ts'
import { EmbeddedPostgresError, systemCode } from './embedded-error.ts'
import type { PostgresBinaries } from './platform-package.ts'
import { type RunAs, invocation } from './run-as.ts'
import { superuser, writeSecret } from './superuser-password.ts'

export interface CreateClusterOptions {
  layout: DataLayout
  binaries: PostgresBinaries
  runAs: RunAs
  /** For `superuser`. */
  password: string
  /** False leaves out the final sync to disk: for a cluster that is thrown away. */
  durable: boolean
}

/**
 * Makes the cluster with initdb, beside its place, and moves it there when it is whole. What an interrupted attempt left is
 * removed first.
 */
export async function createCluster(options: CreateClusterOptions): Promise<void> {
  const { layout, runAs, password, durable } = options
  try {
    await rm(layout.clusterDraft, { recursive: true, force: true })
    await mkdir(layout.clusterDraft, { mode: 0o700 })
    await writeSecret(layout.passwordDraft, password)
    await handOver(layout, runAs)
    await runInitdb(options)
    await rename(layout.clusterDraft, layout.cluster)
    if (durable) await syncFolder(layout.root)
  } finally {
    await rm(layout.passwordDraft, { force: true })
  }
}

async function handOver(layout: DataLayout, runAs: RunAs): Promise<void> {
  if (runAs.kind !== 'other-user') return
  try {
    for (const file of [layout.clusterDraft, layout.passwordDraft]) await chown(file, runAs.uid, runAs.gid)
  } catch (error) {
    throw new EmbeddedPostgresError(
      'data-folder/unusable',
      `PostgreSQL's folder in ${layout.root} cannot be given to user ${runAs.uid} (${systemCode(error) ?? String(error)}): ` +
        'set FETTLE_DATA to a folder on a disk that knows owners, or start Fettle as an ordinary user.',
      { cause: error },
    )
  }
}

async function runInitdb({ layout, binaries, runAs, durable }: CreateClusterOptions): Promise<void> {
  const { command, args, options } = invocation(runAs, binaries.initdb, [
    `--pgdata=${layout.clusterDraft}`,
    `--username=${superuser}`,
    `--pwfile=${layout.passwordDraft}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Texts sort by code point, and LIKE 'x%' can use an index; yet every letter is known as one, else pg_trgm is blind to Chinese.
    '--locale=C',
    `--lc-ctype=${unicodeLocale()}`,
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ])
  const child = spawn(command, args, { ...options, cwd: layout.root, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [code, output, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  if (code === 0) return
  const said = (complaints.trim() || output.trim()).split('\n').slice(-8).join('\n')
  throw new EmbeddedPostgresError('cluster/not-created', `PostgreSQL's initdb failed in ${layout.root}:\n${said}`)
}

/** A locale of this operating system whose character classes cover Unicode. */
function unicodeLocale(): string {
  if (process.platform === 'darwin') return 'en_US.UTF-8'
  return process.platform === 'win32' ? 'en-US' : 'C.UTF-8'
}

/** Makes a rename in `folder` survive a power cut. Windows cannot open folders and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
