import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { seedDemo } from '../src/demo/seed.ts'
import { createProgress } from '../src/instance/progress.ts'
import { prepareDashboards } from '../src/grafana/at-start.ts'
import { loadSettings } from '../src/settings.ts'
import { runFettle } from './run-fettle.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 3, logger, applicationName: 'grafana reader test' })
const folder = await tempFolder('grafana-reader')
afterAll(async () => {
  await database.close()
  await folder.remove()
})
await seedDemo(database, new Date('2026-11-22T03:00:00Z'))

const env = { DATABASE_URL: url, FETTLE_DATA: path.join(folder.path, 'data') }
const role = `${new URL(url).pathname.slice(1)}_reader`
const passwords = ['first-of-all-passwords', 'second-of-all-passwords', 'third-of-all-passwords'] as const

async function countAs(password: string, query = 'select count(*)::int as count from dashboards.machines') {
  const login = new URL(url)
  Object.assign(login, { username: role, password })
  const client = new pg.Client({ connectionString: login.href })
  await client.connect()
  try {
    return (await client.query<{ count: number }>(query)).rows[0]?.count
  } finally {
    await client.end()
  }
}

/** As `fettle start` does it, and what it says. */
async function start(more: Record<string, string>): Promise<string[]> {
  const lines: string[] = []
  const progress = createProgress((line) => void lines.push(line))
  await prepareDashboards({ database, settings: loadSettings({ ...env, ...more }), logger, progress })
  return lines
}

it('fettle grafana reader makes a login that sees the whole fleet and no table', async () => {
  const file = path.join(folder.path, 'password')
  await writeFile(file, `${passwords[0]}\n`)
  const { code, stdout, stderr } = await runFettle(['grafana', 'reader', '--password-file', file, '--json'], { env })
  expect({ code, stderr, made: JSON.parse(stdout) as unknown }).toEqual({
    code: 0,
    stderr: '',
    made: { username: role, influx: false },
  })
  expect(await countAs(passwords[0])).toBe(18)
  await expect(countAs(passwords[0], 'select count(*)::int as count from public.assets')).rejects.toThrow(
    /permission denied/,
  )
  await expect(countAs(passwords[0], 'select count(*)::int as count from users')).rejects.toThrow(/does not exist/)
})

it('takes another password from standard input, which ends the old one', async () => {
  const { code, stdout } = await runFettle(['grafana', 'reader'], { env, input: `${passwords[1]}\n` })
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${role} reads dashboards from PostgreSQL.\n` })
  expect(await countAs(passwords[1])).toBe(18)
  await expect(countAs(passwords[0])).rejects.toThrow(/password authentication failed/)
})

it.each([
  ['too short', 'short'],
  ['not of ASCII', '密码密码密码密码密码密码密码'],
])('refuses a password that is %s', async (_, input) => {
  const { code, stderr } = await runFettle(['grafana', 'reader'], { env, input: `${input}\n` })
  expect(code).toBe(2)
  expect(stderr).toMatch(/12 to 200 letters/)
  expect(stderr).not.toContain(input)
})

it('fettle start makes it where the password is set, and says so without it', async () => {
  const [line] = await start({ FETTLE_GRAFANA_READER_PASSWORD: passwords[2], FETTLE_URL: 'https://fettle.example' })
  expect(line).toMatch(new RegExp(`dashboards {2}${role} may read`))
  expect(line).not.toContain(passwords[2])
  expect(await countAs(passwords[2])).toBe(18)
  const { rows } = await database.pool.query('select name, scope, fettle_url from grafana_organisations')
  expect(rows).toEqual([{ name: role, scope: 'all', fettle_url: 'https://fettle.example' }])
})

it('fettle start lets logins of before read views that an update brought', async () => {
  const query = 'select count(*)::int as count from dashboards.later'
  await database.pool.query('create view dashboards.later as select 1 as one')
  await expect(countAs(passwords[2], query)).rejects.toThrow(/permission denied/)
  expect(await start({})).toEqual([])
  expect(await countAs(passwords[2], query)).toBe(1)
})

it('starts without it, and tells why, where our own login may not make others', async () => {
  const plain = `${role}_plain`
  await database.pool.query(`create role ${plain} login password 'plain'`)
  await database.pool.query(`grant select on grafana_organisations to ${plain}`)
  const login = new URL(url)
  Object.assign(login, { username: plain, password: 'plain' })
  const limited = openDatabase({ url: login.href, poolSize: 1, logger, applicationName: 'plain' })
  try {
    const lines: string[] = []
    const progress = createProgress((line) => void lines.push(line))
    const settings = loadSettings({ ...env, FETTLE_GRAFANA_READER_PASSWORD: passwords[2] })
    await database.pool.query(`delete from grafana_organisations`)
    await prepareDashboards({ database: limited, settings, logger, progress })
    expect(lines).toEqual([expect.stringMatching(/cannot be read: .*createrole/)])
  } finally {
    await limited.close()
  }
})
