import { createLogger } from '@fettle/platform/logging'
import { openDatabase } from '@fettle/db/client'
import { expect, it } from 'vitest'
import { testDatabase } from '../src/postgres.ts'

const databases = [await testDatabase(), await testDatabase(), await testDatabase({ migrated: false })] as const

async function query(url: string, statement: string): Promise<unknown[]> {
  const logger = createLogger({ name: 'test', level: 'silent' })
  const { pool, close } = openDatabase({ url, poolSize: 1, logger, applicationName: 'test' })
  try {
    return (await pool.query<Record<string, unknown>>(statement)).rows
  } finally {
    await close()
  }
}

const migrationsTable = `select to_regclass('drizzle.__drizzle_migrations') is not null present`

it('has all migrations', async () => {
  expect(await query(databases[0].url, migrationsTable)).toEqual([{ present: true }])
})

it('is empty on request', async () => {
  expect(await query(databases[2].url, migrationsTable)).toEqual([{ present: false }])
})

it('is nobody else’s', async () => {
  const [first, second] = databases
  await query(first.url, 'create table mine (id int)')
  expect(await query(second.url, `select to_regclass('mine') is not null present`)).toEqual([{ present: false }])
})

it('is gone after being dropped, also twice', async () => {
  const [, second] = databases
  await second.drop()
  await second.drop()
  await expect(query(second.url, 'select 1')).rejects.toMatchObject({ code: '3D000' })
})
