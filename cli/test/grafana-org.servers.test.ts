import path from 'node:path'
import { dashboards } from '@fettle/provisioning/grafana/dashboards'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import { hasInfluxd, startInfluxd } from '@fettle/testing/influxd'
import { tempFolder } from '@fettle/testing/temp-folder'
import { eq } from 'drizzle-orm'
import type pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { askInflux } from '../src/grafana/ask-influx.ts'
import { runQueries, type DataSources } from '../src/grafana/run-queries.ts'
import { fillFleet, pastMs } from './grafana/filled-fleet.ts'
import { grafanaRecorder } from './grafana/grafana-recorder.ts'
import { basicOf, organisationTools, urlWithUser } from './grafana/organisation-tools.ts'
import { grafanaServers, newPassword } from './grafana/servers.ts'
import { runFettle } from './run-fettle.ts'

const installed = await hasInfluxd()
if (!installed) console.log('skipped: Debian’s influxdb is not installed')

describe.skipIf(!installed)('organisations of Grafana, on a real PostgreSQL and InfluxDB', async () => {
  if (!installed) return
  const servers = await grafanaServers()
  const { database, databaseUrl, influx, store, connectAs } = servers
  const nowMs = Date.now()
  await fillFleet(database, store, nowMs)
  await database.pool.query(`update models set manufacturer = '鲁泉泵业' where key = 'P100'`)
  const admin = { username: 'admin', password: newPassword() }
  const grafana = await grafanaRecorder(admin)
  const folder = await tempFolder('grafana-org')
  afterAll(folder.remove)

  const env = {
    DATABASE_URL: databaseUrl,
    FETTLE_DATA: path.join(folder.path, 'data'),
    FETTLE_URL: 'https://fettle.example',
    GRAFANA_URL: grafana.url,
    GRAFANA_ADMIN_PASSWORD: admin.password,
    INFLUX_URL: urlWithUser(influx),
  }
  const org = (argv: readonly string[], more: Record<string, string> = {}) =>
    runFettle(['grafana', 'org', ...argv], { env: { ...env, ...more } })
  const runchang = ['create', '--name', '润昌供水', '--customer', 'runchang'] as const

  const rowOf = async (name: string) =>
    (await database.db.select().from(grafanaOrganisations).where(eq(grafanaOrganisations.name, name)))[0]
  const keysSeen = async (client: pg.Client) =>
    (await client.query<{ key: string }>('select key from dashboards.machines order by 1')).rows.map(({ key }) => key)
  const pumps = ['P100-2208-0301', 'P100-2208-0302', 'P100-2208-0303']

  const { credentialsOf, readingsIn, writeOne, command } = organisationTools(servers, grafana)
  const partOf = async (keys: readonly string[]) => {
    const all = await readingsIn(influx)
    return Object.fromEntries(keys.map((key) => [key, all[key]]))
  }

  it('is made with data, a login and dashboards of its own, and shows no secret', async () => {
    const made = await org([...runchang, '--json'])
    expect(made.stderr).toMatch(/history {2}\d+ of \d+ signals, \d+ readings\n/)
    expect(made.code).toBe(0)
    const { login, mirror, grafanaOrgId, readings } = JSON.parse(made.stdout) as Record<string, unknown>
    expect({ login, mirror, grafanaOrgId }).toEqual({
      login: expect.stringMatching(/^fettle_org_[0-9a-f]{12}$/) as string,
      mirror: login,
      grafanaOrgId: 2,
    })
    const { password, reader } = await credentialsOf('润昌供水')
    expect(await readingsIn(reader)).toEqual(await partOf(pumps))
    expect(readings).toBe(Object.values(await partOf(pumps)).reduce((sum: number, each) => sum + (each ?? 0), 0))
    for (const secret of [password, admin.password]) expect(made.stdout + made.stderr).not.toContain(secret)
    const made2 = grafana.organisation('润昌供水')
    expect([...(made2?.dashboards.keys() ?? [])]).toEqual(['fettle-fleet', 'fettle-asset'])
    expect(made2).toMatchObject({ home: 'fettle-fleet', members: ['admin'] })
  })

  it('sees its own machines, alarms and tickets in PostgreSQL, and can reach nothing else', async () => {
    const { username, password } = await credentialsOf('润昌供水')
    const client = await connectAs(username, password)
    expect(await keysSeen(client)).toEqual(pumps)
    for (const [view, column] of [
      ['customers', 'id'],
      ['sites', 'customer_id'],
      ['machines', 'customer_id'],
      ['tickets', 'customer_id'],
    ] as const) {
      const { rows } = await client.query(`select distinct ${column}::text as id from dashboards.${view}`)
      const [row] = await database.pool
        .query(`select id::text from customers where key = 'runchang'`)
        .then((found) => found.rows as { id: string }[])
      expect([view, rows]).toEqual([view, [row]])
    }
    for (const view of ['signals', 'alarms', 'tickets']) {
      const { rows } = await client.query(
        `select count(*) from dashboards.${view} where machine_id not in (select id from dashboards.machines)`,
      )
      expect([view, rows]).toEqual([view, [{ count: 0 }]])
    }
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema', 'dashboards', 'pg_toast') and c.relkind in ('r', 'p', 'v', 'm')`,
    )
    expect(tables.length).toBeGreaterThan(45)
    for (const { name } of tables)
      await expect(client.query(`select from ${name}`)).rejects.toThrow(/permission denied/)
    for (const attempt of [
      `update dashboards.machines set name = 'x'`,
      `insert into dashboards.platform values ('x')`,
      `update grafana_organisations set scope = 'all', customer_id = null`,
      'set role fettle',
      `set session authorization "${new URL(databaseUrl).username}"`,
      `select pg_read_file('/etc/passwd')`,
      `copy (select 1) to program 'id'`,
      `create function dashboards.leak() returns int language sql as 'select 1'`,
      'create table public.mine ()',
    ]) {
      await client.query('set default_transaction_read_only = off')
      await expect(client.query(attempt)).rejects.toThrow(
        /permission denied|must be|does not exist|cannot update|is not/,
      )
    }
    // A view that is no barrier would show rows to a function before its own filter left them out.
    await client.query(
      `create function pg_temp.loud(text) returns boolean language plpgsql cost 0.0000001 as
       'begin raise notice ''%'', $1; return true; end'`,
    )
    const heard: string[] = []
    client.on('notice', ({ message }) => heard.push(message ?? ''))
    await client.query('select from dashboards.machines where pg_temp.loud(key)')
    expect(heard.toSorted()).toEqual(pumps)
  })

  it('reads its own database in InfluxDB, and can neither read another nor write', async () => {
    const { reader } = await credentialsOf('润昌供水')
    const other = { ...reader, database: influx.database }
    await expect(askInflux(other, 'SELECT "value" FROM "reading" LIMIT 1')).rejects.toMatchObject({
      code: 'influx/forbidden',
    })
    await expect(askInflux(reader, 'SELECT "value" FROM "fettle"."autogen"."reading" LIMIT 1')).rejects.toThrow(
      /not authorized/,
    )
    const [databases] = await askInflux(reader, 'SHOW DATABASES')
    expect(databases?.values).toEqual([[reader.database]])
    const written = await fetch(`${influx.url}/write?db=${reader.database}`, {
      method: 'POST',
      headers: { authorization: basicOf(reader) },
      body: 'reading value=1 1000',
    })
    expect(written.status).toBe(403)
  })

  it('every dashboard works with nothing but its credentials', async () => {
    const { username, password, reader } = await credentialsOf('润昌供水')
    const client = await connectAs(username, password)
    const sources: DataSources = {
      sql: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
      influxql: (text) => askInflux(reader, text),
    }
    for (const dashboard of dashboards) {
      const ran = await runQueries(dashboard, { sources, range: { fromMs: nowMs - pastMs, toMs: nowMs } })
      expect(ran.find(({ where }) => where.name === 'machine')?.rows).toHaveLength(3)
      expect(ran.filter(({ source, rows }) => source === 'InfluxDB' && rows.length === 0)).toEqual([])
    }
  })

  it('new readings come by themselves, those of others do not', async () => {
    const { reader } = await credentialsOf('润昌供水')
    const before = await readingsIn(reader)
    for (const key of [pumps[0], 'AC75-2403-0117']) await writeOne(String(key), nowMs + 1)
    expect(await readingsIn(reader)).toEqual({ ...before, [pumps[0] ?? '']: (before[pumps[0] ?? ''] ?? 0) + 1 })
  })

  it('a maker sees its machines at all customers', async () => {
    expect((await org(['create', '--name', '鲁泉泵业', '--manufacturer', '鲁泉泵业'])).code).toBe(0)
    const { username, password, reader } = await credentialsOf('鲁泉泵业')
    const all = [...pumps, 'P100-2305-0412']
    expect(await keysSeen(await connectAs(username, password))).toEqual(all)
    expect(await readingsIn(reader)).toEqual(await partOf(all))
  })

  it('fettle grafana check asks every query as the organisation sees it', async () => {
    const argv = ['grafana', 'check', '--org', '鲁泉泵业', '--machine', 'P100-2305-0412', '--hours', '2']
    const { code, stdout } = await runFettle([...argv, '--json'], { env })
    expect(code).toBe(0)
    const { dashboards: asked } = JSON.parse(stdout) as {
      dashboards: {
        dashboard: string
        queries: { where: { name: string }; source: string; sent: string; rows: number }[]
      }[]
    }
    expect(asked.map(({ dashboard }) => dashboard)).toEqual(dashboards.map(({ title }) => title))
    const queries = asked.flatMap((each) => each.queries)
    expect(queries.find(({ where }) => where.name === 'machine')?.rows).toBe(4)
    expect(queries.filter(({ source, rows }) => source === 'InfluxDB' && rows === 0)).toEqual([])
    expect((await runFettle(argv, { env })).stdout).toMatch(
      /设备群监控 \/ panel 设备清单 \/ PostgreSQL: 4 rows\n {2}select/,
    )
    const stranger = await runFettle(['grafana', 'check', '--org', 'nobody'], { env })
    expect([stranger.code, stranger.stderr]).toEqual([2, expect.stringContaining('no organisation nobody') as string])
  })

  it('made again it has a new password and the same data; the old password is worth nothing', async () => {
    const old = await credentialsOf('润昌供水')
    const before = await readingsIn(influx)
    expect((await org(runchang)).code).toBe(0)
    const fresh = await credentialsOf('润昌供水')
    expect([fresh.username, fresh.reader.database]).toEqual([old.username, old.reader.database])
    await expect(connectAs(old.username, old.password)).rejects.toThrow(/password authentication failed/)
    await expect(askInflux(old.reader, 'SHOW DATABASES')).rejects.toMatchObject({ code: 'influx/unauthorised' })
    expect(await keysSeen(await connectAs(fresh.username, fresh.password))).toEqual(pumps)
    expect(await readingsIn(influx)).toEqual(before)
    expect(grafana.requests.filter((each) => each === 'POST /api/orgs')).toHaveLength(2)
  })

  it('what broke off in Grafana goes on where it is called again', async () => {
    const lanke = ['create', '--name', '澜珂制药', '--customer', 'lanke'] as const
    grafana.failOn(/dashboards/)
    const broken = await org(lanke)
    expect([broken.code, broken.stderr]).toEqual([
      2,
      expect.stringContaining('answers 500 to POST /api/dashboards/db: database is locked') as string,
    ])
    expect((await org(['list'])).stdout).toContain('not in Grafana yet; create it again to go on')
    grafana.failOn()
    const done = await org([...lanke, '--json'])
    expect([done.code, (JSON.parse(done.stdout) as { readings: number }).readings]).toEqual([0, 0])
    const listed = await org(['list', '--json'])
    const { organisations } = JSON.parse(listed.stdout) as {
      organisations: { name: string; shows: string; state: string }[]
    }
    expect(organisations.map(({ name, shows }) => [name, shows])).toEqual([
      ['润昌供水', 'runchang'],
      ['澜珂制药', 'lanke'],
      ['鲁泉泵业', '鲁泉泵业'],
    ])
    expect(organisations.every(({ state }) => state.startsWith('complete since'))).toBe(true)
  })

  it('a mirror that somebody dropped is said to be broken, and made again with all of its history', async () => {
    const { reader } = await credentialsOf('润昌供水')
    await command(`DROP DATABASE "${reader.database}"`)
    await writeOne(pumps[1] ?? '', nowMs + 2)
    expect((await org(['list'])).stdout).toMatch(/broken since .+ create it again to repair it/)
    expect((await org(runchang)).code).toBe(0)
    expect(await readingsIn((await credentialsOf('润昌供水')).reader)).toEqual(await partOf(pumps))
  })

  it('is asked for once more before it is removed, and then leaves nothing behind but the readings', async () => {
    const kept = await readingsIn(influx)
    const refused = await org(['remove', '润昌供水'])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Say --yes.') as string])
    const { username, password, reader } = await credentialsOf('润昌供水')
    expect(await org(['remove', '润昌供水', '--yes'])).toMatchObject({ code: 0, stderr: '' })
    expect(grafana.organisation('润昌供水')).toBeUndefined()
    expect(await rowOf('润昌供水')).toBeUndefined()
    await expect(connectAs(username, password)).rejects.toThrow(/password authentication failed|is not permitted/)
    await expect(askInflux(reader, 'SHOW DATABASES')).rejects.toMatchObject({ code: 'influx/unauthorised' })
    const [databases] = await askInflux(influx, 'SHOW DATABASES')
    expect(databases?.values.flat()).not.toContain(reader.database)
    expect(await readingsIn(influx)).toEqual(kept)
    expect((await org(['remove', '润昌供水', '--yes'])).stderr).toMatch(/There is no organisation 润昌供水/)
  })

  it.each<[wrong: string, argv: string[], env: Record<string, string>, says: RegExp]>([
    ['nobody', ['create', '--name', 'x'], {}, /name either --customer KEY or --manufacturer NAME/i],
    ['a customer that there is not', ['create', '--name', 'x', '--customer', 'nobody'], {}, /no customer nobody/],
    ['a maker that there is not', ['create', '--name', 'x', '--manufacturer', 'x'], {}, /makers are .*鲁泉泵业/],
    [
      'a name that shows others',
      ['create', '--name', '澜珂制药', '--customer', 'runchang'],
      {},
      /somebody else’s machines/,
    ],
    ['our own organisation', ['create', '--name', 'Main Org.', '--customer', 'qipei'], {}, /main organisation/],
    ['a wrong password', [...runchang], { GRAFANA_ADMIN_PASSWORD: 'x' }, /administrator of the server/],
    ['no Grafana', [...runchang], { GRAFANA_URL: '' }, /Set GRAFANA_URL/],
    ['a Grafana that is not there', [...runchang], { GRAFANA_URL: 'http://127.0.0.1:9' }, /cannot be reached/],
    ['no InfluxDB', [...runchang], { INFLUX_URL: '' }, /set INFLUX_URL/],
  ])('%s is refused with a word about it', async (_, argv, more, says) => {
    const { code, stdout, stderr } = await org(argv, more)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(says)
  })

  it('an InfluxDB that lets everybody read everything gets no organisation', async () => {
    const open = await startInfluxd({ dir: path.join(folder.path, 'open') })
    try {
      const { code, stderr } = await org(['create', '--name', 'open', '--customer', 'qipei'], { INFLUX_URL: open.url })
      expect([code, stderr]).toEqual([2, expect.stringContaining('set auth-enabled') as string])
      expect([grafana.organisation('open'), await rowOf('open')]).toEqual([undefined, undefined])
    } finally {
      await open.stop()
    }
  })
})
