import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createDatabaseIfMissing } from '@fettle/db/create-database'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@fettle/db/embedded/embedded-postgres'
import { migrate } from '@fettle/db/migrate'
import { createLogger } from '@fettle/platform/logging'
import type { TestProject } from 'vitest/node'
import { tempFolder } from './temp-folder.ts'
import { type TestPostgresAnswer, openChannel } from './test-postgres-channel.ts'

const template = 'fettle_template'
const folderName = 'test-postgres'
const logger = createLogger({ name: 'test-postgres', level: 'error', pretty: false })

/** The data is thrown away, so nothing need reach the disk. Many test files, each with its own pools, at a time. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
}

/**
 * vitest's global setup: one PostgreSQL per test run, started when the first test asks for a database (`testDatabase()`) and
 * removed at the end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<RunningServer> | undefined
  const channel = await openChannel(async () => {
    try {
      starting ??= start()
      return (await starting).answer
    } catch (error) {
      return { ok: false, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  })
  project.provide('fettleTestPostgresPort', channel.port)
  return async () => {
    await channel.close()
    await starting?.then(
      (server) => server.remove(),
      () => {}, // every test that asked was told
    )
  }
}

interface RunningServer {
  answer: TestPostgresAnswer
  remove: () => Promise<void>
}

async function start(): Promise<RunningServer> {
  await removeOrphans()
  const folder = await tempFolder(folderName)
  let server: EmbeddedPostgres | undefined
  const remove = async () => {
    await server?.stop()
    await folder.remove()
  }
  try {
    server = await startEmbeddedPostgres({ dataDir: folder.path, logger, settings })
    const url = new URL(server.url)
    url.pathname = `/${template}`
    await createDatabaseIfMissing(url.href)
    await migrate({ url: url.href, logger })
    return { answer: { ok: true, url: server.url, template }, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/**
 * A test run that was killed leaves its server behind: take it over and stop it. The folder of a run that goes on is locked
 * before its cluster is made, so one without a cluster is left alone.
 */
async function removeOrphans(): Promise<void> {
  const names = await readdir(tmpdir())
  for (const name of names.filter((each) => each.startsWith(`fettle-${folderName}-`))) {
    const dataDir = path.join(tmpdir(), name)
    if (!existsSync(path.join(dataDir, 'postgres'))) continue
    try {
      const orphan = await startEmbeddedPostgres({ dataDir, logger: createLogger({ name, level: 'silent' }), settings })
      await orphan.stop()
      await rm(dataDir, { recursive: true, force: true })
    } catch {
      // In use by another run, or another user's.
    }
  }
}
