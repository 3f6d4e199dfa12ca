import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chainHash } from '@fettle/api/audit/record'
import { openDatabase } from '@fettle/db/client'
import { hashDeviceSecret } from '@fettle/db/device-secret'
import type { FaultMode } from '@fettle/devices-sim/faults'
import type { MachineSnapshot } from '@fettle/devices-sim/machine'
import { createLogger } from '@fettle/platform/logging'
import { accounts } from '@fettle/provisioning/demo/accounts'
import { assets } from '@fettle/provisioning/demo/assets'
import { history } from '@fettle/provisioning/demo/history'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureCredentials } from '../src/demo/credentials.ts'
import { createRepairs } from '../src/demo/repairs.ts'
import { openingOf } from '../src/demo/opening.ts'
import { seedDemo } from '../src/demo/seed.ts'
import { modeFacts } from '../src/instance/mode-facts.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'seed test' })
afterAll(database.close)

const now = new Date('2026-11-22T02:00:00Z')

async function rows<T extends object>(query: string): Promise<T[]> {
  return (await database.pool.query<T>(query)).rows
}

beforeAll(() => seedDemo(database, now))

it('is remembered by the trail, whose chain is whole', async () => {
  expect(await modeFacts(database)).toEqual({ seeded: true, empty: false, hasUsers: true })
  const [row] = await database.pool.query('select * from audit_log order by id').then((found) => found.rows)
  const { actor_id: actorId, entity_id: entityId, request_id: requestId, hash, ...entry } = row
  expect(hash).toBe(chainHash('', { ...entry, actorId, entityId, requestId }))
})

it('is there once: a second time changes nothing', async () => {
  const count = () =>
    rows('select (select count(*) from tickets) as tickets, (select count(*) from stock_movements) as movements')
  const before = await count()
  await expect(seedDemo(database, now)).rejects.toThrow(/^Failed query: insert/)
  expect(await count()).toEqual(before)
})

it('gives every account a salt of its own', async () => {
  const users = await rows<{ password_hash: string }>('select password_hash from users')
  expect(users).toHaveLength(accounts.length)
  expect(new Set(users.map((user) => user.password_hash)).size).toBe(accounts.length)
  for (const user of users) expect(user.password_hash).toMatch(/^\$argon2id\$/)
})

it('every balance is what the ledger adds up to', async () => {
  const wrong = await rows(`
    with flows as (
      select part_id, to_location_id as location_id, quantity from stock_movements where to_location_id is not null
      union all
      select part_id, from_location_id, -quantity from stock_movements where from_location_id is not null
    ), ledger as (select part_id, location_id, sum(quantity) as quantity from flows group by 1, 2)
    select * from ledger full join stock_balances b using (part_id, location_id)
     where ledger.quantity is distinct from b.quantity`)
  expect(wrong).toEqual([])
})

it('every part with a number lies where its balance says, or is in a machine', async () => {
  const wrong = await rows(`
    select l.key, p.code, b.quantity, count(s.serial) as serials
      from stock_balances b join parts p on p.id = b.part_id and p.serialised join stock_locations l on l.id = b.location_id
      left join part_serials s on s.part_id = b.part_id and s.location_id = b.location_id
     group by 1, 2, 3 having b.quantity <> count(s.serial)`)
  expect(wrong).toEqual([])
})

it('its repairs went the whole way, with a report, hours, money and a trail', async () => {
  const repairs = await rows<Record<string, unknown>>(`
    select t.state, t.number, t.created_at < t.closed_at and t.closed_at < '${now.toISOString()}' as past,
           (select count(*) from completion_reports r where r.ticket_id = t.id) as reports,
           (select count(*) from visits v where v.ticket_id = t.id and v.state = 'done' and v.work_hours > 0) as visits,
           (select count(*) from money_lines m where m.ticket_id = t.id and m.side = 'cost') as costs,
           (select string_agg(coalesce(action, kind), ' ' order by id) from ticket_events e
             where e.ticket_id = t.id and e.kind in ('opened', 'moved')) as trail
      from tickets t`)
  expect(repairs).toHaveLength(history.length)
  for (const repair of repairs) {
    expect(repair).toMatchObject({ state: 'closed', past: true, reports: 1, visits: 1 })
    expect(repair['costs']).toBeGreaterThanOrEqual(2)
    expect(repair['trail']).toBe(
      'opened to-dispatch assign accept schedule depart check-in report confirm approve-report close',
    )
  }
  expect(new Set(repairs.map(({ number }) => number)).size).toBe(history.length)
})

it('a new fan motor is in the file of its machine, the old one out of it', async () => {
  const fans = await rows(`
    select i.serial, i.removed_at is null as present from installed_parts i join assets a on a.id = i.asset_id
     where a.key = 'AC75-2309-0064' and i.part_code = 'A5' order by installed_at`)
  expect(fans).toEqual([
    { serial: 'YF22-2308-0211', present: false },
    { serial: 'YF22-2511-0338', present: true },
  ])
})

it('every machine has its signals, each with a wire and a limit watched', async () => {
  const found = await rows(`
    select a.key, count(distinct s.id) = count(distinct b.signal_id) as wired, count(distinct r.id) > 0 as watched
      from assets a join signals s on s.asset_id = a.id left join bindings b on b.signal_id = s.id
      left join rules r on r.model_id = a.model_id group by 1`)
  expect(found).toHaveLength(assets.length)
  expect(
    found.every((asset) => 'wired' in asset && asset.wired === true && 'watched' in asset && asset.watched === true),
  ).toBe(true)
})

it('one machine is in maintenance, since this morning', async () => {
  const taken = await rows<{ key: string; since: Date }>(
    `select key, mode_since as since from assets where mode = 'maintenance'`,
  )
  expect(taken).toEqual([{ key: 'IM280-2006-0003', since: new Date(now.getTime() - 5 * 3_600_000) }])
})

it('keeps secrets for its owner alone, and makes them anew only where they are missing', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fettle-secrets-'))
  try {
    const secrets = await ensureCredentials(database, folder, now)
    expect(Object.keys(secrets).toSorted()).toEqual([
      'CH1000-2108-0007',
      'CH1000-2108-0009',
      'GW-DG-01',
      'GW-KS-01',
      'GW-LC-01',
      'GW-LQ-01',
      'GW-NB-01',
      'GW-SZ-01',
    ])
    expect((await stat(path.join(folder, 'demo-secrets.json'))).mode & 0o777).toBe(0o600)
    expect(await ensureCredentials(database, folder, now)).toEqual(secrets)
    const kept = await rows<{ username: string; secret_hash: string }>(
      'select username, secret_hash from device_credentials',
    )
    for (const { username, secret_hash } of kept) expect(secret_hash).toBe(hashDeviceSecret(secrets[username]!))
    for (const secret of Object.values(secrets)) {
      expect(JSON.stringify(await rows('select * from device_credentials'))).not.toContain(secret)
    }
    await rm(path.join(folder, 'demo-secrets.json'))
    const fresh = await ensureCredentials(database, folder, now)
    expect(fresh['GW-LQ-01']).not.toBe(secrets['GW-LQ-01'])
    expect(await readFile(path.join(folder, 'demo-secrets.json'), 'utf8')).toContain(fresh['GW-LQ-01'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('a demonstration of another version says what it lacks, and what to do', async () => {
  const rename = (from: string, to: string) =>
    database.pool.query('update assets set key = $2 where key = $1', [from, to])
  await rename('CH1000-2108-0009', 'OLD-CHILLER')
  await expect(ensureCredentials(database, tmpdir(), now)).rejects.toThrow(
    /made by another version and lacks CH1000-2108-0009; remove the folder/,
  )
  await rename('OLD-CHILLER', 'CH1000-2108-0009')
})

it('a report mends the failure that it names, on its machine, and no other', async () => {
  const broken = [
    ['AC75-2309-0064', 'AC-01'], // replaced half a year ago
    ['AC75-2309-0064', 'AC-04'], // nobody saw it
    ['AC75-2206-0021', 'AC-01'], // had only filters replaced
  ] as const
  const mended: string[] = []
  const fleet = {
    snapshot: () => broken.map(([deviceKey, mode]) => machineWith(deviceKey, mode)),
    clear(deviceKey: string, mode: string) {
      mended.push(`${deviceKey} ${mode}`)
      return machineWith(deviceKey, 'AC-01')
    },
  }
  const repairs = createRepairs({ database, fleet, since: new Date(0), logger })
  await repairs.start()
  await eventually(() => mended.length > 0, { what: 'a repair' })
  await repairs.stop()
  expect(mended).toEqual(['AC75-2309-0064 AC-01'])
})

function machineWith(deviceKey: string, mode: FaultMode): MachineSnapshot {
  const faults = [{ mode, since: now.toISOString(), progress: 1 }]
  const state = { running: true, tripped: false, online: true, values: {}, forced: {} }
  return { deviceKey, model: 'AC75', site: 'anywhere', ...state, faults }
}

it('lets the fan die, be dead or run as its last ticket says', async () => {
  expect(await openingOf(database)).toBe('dies')
  // One of the machine's past repairs stands in for the alarm's ticket.
  const [ticket] = await rows<{ id: string }>(
    `select t.id from tickets t join assets a on a.id = t.asset_id where a.key = 'AC75-2403-0117' limit 1`,
  )
  const become = async (state: string) => {
    const mode = `(select id from failure_modes where key = 'AC-01')`
    const change = `update tickets set source = 'alarm', failure_mode_id = ${mode}, state = $2 where id = $1`
    await database.pool.query(change, [ticket?.id, state])
    return openingOf(database)
  }
  expect(await become('confirmation')).toBe('mended')
  expect(await become('cancelled')).toBe('dies')
  await database.pool.query('delete from completion_reports where ticket_id = $1', [ticket?.id])
  expect(await become('repairing')).toBe('dead')
})
