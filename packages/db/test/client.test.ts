import { createLogger } from '@fettle/platform/logging'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../src/client.ts'

const { url } = await testDatabase({ migrated: false })
const warnings: string[] = []
const logger = createLogger({
  name: 'test',
  pretty: false,
  level: 'warn',
  destination: { write: (line) => void warnings.push(line) },
})
const { db, pool, close } = openDatabase({
  url,
  poolSize: 3,
  logger,
  applicationName: 'client test',
  statementTimeoutMs: 200,
  idleInTransactionTimeoutMs: 200,
})
afterAll(close)

it('reads bigint as number, numeric as text and time as UTC', async () => {
  const { rows } = await pool.query(
    `select 1760000000000::bigint at_ms, array[1, null, 3]::bigint[] positions, '{}'::bigint[] none, 0.10::numeric(10,2) price,
            count(*) total, current_setting('timezone') zone from generate_series(1, 3)`,
  )
  expect(rows).toEqual([
    { at_ms: 1_760_000_000_000, positions: [1, null, 3], none: [], price: '0.10', total: 3, zone: 'UTC' },
  ])
})

it('does so through drizzle as well', async () => {
  const { rows } = await db.execute(sql`select 1760000000000::bigint at_ms, array[5]::bigint[] positions`)
  expect(rows).toEqual([{ at_ms: 1_760_000_000_000, positions: [5] }])
})

it('fails a query whose bigint a number cannot hold', async () => {
  await expect(pool.query('select 9007199254740993::bigint')).rejects.toThrow('9007199254740993')
})

it('cancels a statement that runs too long', async () => {
  await expect(pool.query('select pg_sleep(30)')).rejects.toMatchObject({ code: '57014' })
})

it('cuts a transaction that sits idle, and goes on', async () => {
  const client = await pool.connect()
  const lost = new Promise((resolve) => client.once('error', resolve))
  await client.query('begin')
  await expect(lost).resolves.toMatchObject({ code: '25P03' })
  client.release(true)
  expect((await pool.query('select 1 one')).rows).toEqual([{ one: 1 }])
})

it('survives the loss of an idle connection, with a line in the log', async () => {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() pid')
  const killer = await pool.connect() // the pool hands out the idle connection first
  const other = await pool.connect()
  other.release()
  const { rows: others } = await killer.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'client test' and pid <> pg_backend_pid()`,
  )
  expect(others.length).toBeGreaterThan(0)
  for (const { pid } of others) await killer.query('select pg_terminate_backend($1)', [pid])
  killer.release()
  const told = () =>
    warnings
      .map((line) => JSON.parse(line) as { msg: string; connections: number })
      .filter(({ msg }) => msg === 'lost database connections, but the server answers')
      .reduce((sum, { connections }) => sum + connections, 0)
  const cutBefore = 1
  await eventually(() => told() === others.length + cutBefore, { what: 'every lost connection in a warning' })
  expect(rows).toHaveLength(1)
  expect((await pool.query('select 1 one')).rows).toEqual([{ one: 1 }])
})

it('rolls a failed transaction back', async () => {
  await pool.query('create table notes (text text not null)')
  const failing = db.transaction(async (tx) => {
    await tx.execute(sql`insert into notes values ('kept?')`)
    await tx.execute(sql`insert into notes values (null)`)
  })
  await expect(failing).rejects.toThrow('Failed query')
  expect((await pool.query('select * from notes')).rows).toEqual([])
})
