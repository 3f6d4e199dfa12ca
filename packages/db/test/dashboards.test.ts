import { testDatabase } from '@fettle/testing/postgres'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'

const { url } = await testDatabase()
const pool = new pg.Pool({ connectionString: url, max: 1 })
afterAll(() => pool.end())

it('every view of the schema for dashboards is a security barrier, and gives nothing to a role without an organisation', async () => {
  const { rows } = await pool.query<{ name: string; is_barrier: boolean }>(
    `select c.relname as name, coalesce('security_barrier=true' = any(c.reloptions) or 'security_barrier' = any(c.reloptions), false) as is_barrier
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'dashboards' and c.relkind = 'v' order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([
    'alarms',
    'customers',
    'machines',
    'models',
    'platform',
    'signals',
    'sites',
    'tickets',
  ])
  for (const { name, is_barrier } of rows) {
    expect([name, is_barrier]).toEqual([name, true])
    expect((await pool.query(`select * from dashboards.${name}`)).rows).toEqual([])
  }
})

it.each([
  ['nothing', 'null, null, null', false],
  ['a customer and a maker', `'customer', gen_random_uuid(), 'maker'`, false],
  ['a maker', `'manufacturer', null, 'maker'`, true],
  ['everything', `'all', null, null`, true],
])('an organisation sees %s: %s', async (_, scope, isPossible) => {
  const insert =
    pool.query(`insert into grafana_organisations (scope, customer_id, manufacturer, id, name, role, fettle_url, created_at)
    values (${scope}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '', now())`)
  if (isPossible) await expect(insert).resolves.toBeDefined()
  else await expect(insert).rejects.toThrow(/grafana_organisation|null value/)
})
