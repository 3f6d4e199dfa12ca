import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createLogger } from '@fettle/platform/logging'
import { tempFolder } from '@fettle/testing/temp-folder'
import { testDatabase } from '@fettle/testing/postgres'
import pg from 'pg'
import { afterAll, afterEach, expect, it } from 'vitest'
import { createDatabaseIfMissing } from '../src/create-database.ts'
import { migrate } from '../src/migrate.ts'
import { killChildren, startChild } from './processes/child.ts'

const { url: serverUrl } = await testDatabase({ migrated: false })
const logger = createLogger({ name: 'test', level: 'silent' })
afterEach(killChildren)

/** A name on the server of the test run that no database has yet; dropped at the end. */
function newDatabaseUrl(): string {
  const url = new URL(serverUrl)
  const name = `${url.pathname.slice(1)}_${(databases += 1)}`
  url.pathname = `/${name}`
  afterAll(() => query(serverUrl, `drop database if exists ${name} with (force)`))
  return url.href
}
let databases = 0
const urls = Array.from({ length: 6 }, newDatabaseUrl)
const nextUrl = () => urls.pop()!

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** A folder as drizzle-kit writes it, with one migration. */
async function writeMigration(folder: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, 'meta'))
  await writeFile(path.join(folder, '0000_only.sql'), sql)
  const entry = { idx: 0, version: '7', when: 1_760_000_000_000, tag: '0000_only', breakpoints: true }
  const journal = { version: '7', dialect: 'postgresql', entries: [entry] }
  await writeFile(path.join(folder, 'meta', '_journal.json'), JSON.stringify(journal))
}

it('creates a database in which Chinese has letters, once', async () => {
  const url = nextUrl()
  expect(await Promise.all([createDatabaseIfMissing(url), createDatabaseIfMissing(url)])).toContain(true)
  expect(await createDatabaseIfMissing(url)).toBe(false)
  expect(
    await query(
      url,
      `select pg_encoding_to_char(encoding) encoding, datctype from pg_database where datname = current_database()`,
    ),
  ).toEqual([{ encoding: 'UTF8', datctype: 'C.UTF-8' }])
  await query(url, 'create extension pg_trgm')
  const [found] = await query(url, `select similarity('空压机排气温度高', '排气温度') > 0.1 alike`)
  expect(found).toEqual({ alike: true })
})

it('says that the URL names no database', async () => {
  const url = new URL(serverUrl)
  url.pathname = '/'
  await expect(createDatabaseIfMissing(url.href)).rejects.toThrow('names no database')
})

it('applies every migration of this package and those of the job queue, and a second time nothing', async () => {
  const url = nextUrl()
  await createDatabaseIfMissing(url)
  await migrate({ url, logger })
  await migrate({ url, logger })
  const journal = JSON.parse(await readFile(new URL('../migrations/meta/_journal.json', import.meta.url), 'utf8'))
  const [applied] = await query(url, 'select count(*)::int total from drizzle.__drizzle_migrations')
  expect(applied).toEqual({ total: journal.entries.length })
  await query(url, `select graphile_worker.add_job('nothing')`)
})

it('is safe in three processes that start together', async () => {
  await using folder = await tempFolder('migrations')
  // Without the lock, the slow statement makes the others run into the same migration.
  await writeMigration(folder.path, 'create table machines (id int);\n--> statement-breakpoint\nselect pg_sleep(0.5);')
  const url = nextUrl()
  const rivals = Array.from({ length: 3 }, () => startChild('run-migrations', [url, folder.path]))
  expect(await Promise.all(rivals.map((rival) => rival.report))).toEqual(rivals.map(() => ({ kind: 'done' })))
  expect(await query(url, 'select count(*)::int total from drizzle.__drizzle_migrations')).toEqual([{ total: 1 }])
})

it('leaves nothing behind of a migration that fails, and lets the next attempt in', async () => {
  const url = nextUrl()
  await createDatabaseIfMissing(url)
  await using broken = await tempFolder('migrations')
  await writeMigration(broken.path, 'create table machines (id int);\n--> statement-breakpoint\nselect 1 / 0;')
  await expect(migrate({ url, logger, migrationsFolder: broken.path })).rejects.toThrow('select 1 / 0')
  await using mended = await tempFolder('migrations')
  await writeMigration(mended.path, 'create table machines (id int);')
  await migrate({ url, logger, migrationsFolder: mended.path })
  expect(await query(url, 'select * from machines')).toEqual([])
})
