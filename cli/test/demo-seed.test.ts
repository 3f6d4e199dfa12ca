import { chainHash } from '@fettle/api/audit/record'
import { openDatabase } from '@fettle/db/client'
import { createLogger } from '@fettle/platform/logging'
import { engineers } from '@fettle/provisioning/demo/engineers'
import { history } from '@fettle/provisioning/demo/history'
import { eventually } from '@fettle/testing/eventually'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openingOf } from '../src/demo/opening.ts'
import { seedDemo } from '../src/demo/seed.ts'
import type { YearFigures } from '../src/demo/years/figures.ts'
import { seedYears } from '../src/demo/years/seed-years.ts'
import { runFettle, spawnFettle } from './run-fettle.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 4, logger, applicationName: 'demo seed test' })
afterAll(database.close)

const now = new Date('2026-11-22T02:00:00Z')
const month = ['demo', 'seed', '--months', '1', '--json']
const patience = { timeout: 240_000 }

/** Tickets as they are; those that every demonstration has, when it has no others. */
const ticketsAsTheyAre = () =>
  rows<{ id: string }>('select id, number, version, state, closed_at from tickets order by created_at, id')

async function rows<T extends object>(query: string): Promise<T[]> {
  return (await database.pool.query<T>(query)).rows
}
const ticketCount = async () => (await rows<{ count: number }>('select count(*)::int as count from tickets'))[0]!.count
const stock = `select l.key, p.code, b.quantity::float8 from stock_balances b join parts p on p.id = b.part_id
  join stock_locations l on l.id = b.location_id where b.quantity > 0 and l.key <> 'CK-OLD' order by 1, 2`

interface Printed {
  complete: boolean
  newTickets: number
  figures: YearFigures
}
let before: { stock: object[]; known: { id: string }[] }
let first: Printed

beforeAll(async () => {
  await seedDemo(database, now)
  before = { stock: await rows(stock), known: await ticketsAsTheyAre() }
})

it('goes on where kill -9 ended it, and writes nothing twice', patience, async () => {
  await using folder = await tempFolder('demo-seed')
  const env = { DATABASE_URL: url, FETTLE_DATA: folder.path }
  const killed = spawnFettle(month, { env })
  const some = async () => (await ticketCount()) > history.length + 12
  await eventually(some, { what: 'some tickets', timeoutMs: 120_000, everyMs: 50 })
  killed.child.kill('SIGKILL')
  await killed.ended
  const left = await ticketCount()
  expect(await rows(`select state from tickets where state not in ('closed', 'cancelled', 'merged')`)).toEqual([])

  const { code, stdout, stderr } = await runFettle(month, { env })
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/month 1 of 1 · [\d,]+ of [\d,]+ tickets · \d+ s/),
  })
  first = JSON.parse(stdout) as Printed
  expect(first.complete).toBe(true)
  const all = await ticketCount()
  expect(left + first.newTickets).toBe(all)

  const again = await seedYears({ database, seed: 1, days: 30, share: 1, signal: new AbortController().signal })
  expect(again).toMatchObject({ complete: true, newTickets: 0 })
  expect(await ticketCount()).toBe(all)
})

describe('a month of history', () => {
  it('has the figures of a service company, as far as a month can tell', () => {
    const { figures } = first
    expect(figures.tickets).toBeGreaterThan(120)
    expect(figures.tickets).toBeLessThan(240)
    expect(figures.bySource).toMatchObject({ phone: expect.any(Number), qr: expect.any(Number) })
    const roughly = (value: number | null, wanted: number) => {
      expect(value).toBeGreaterThan(wanted - 0.13)
      expect(value).toBeLessThan(wanted + 0.13)
    }
    roughly(figures.firstTimeFix, 0.82)
    roughly(figures.remote, 0.27)
    roughly(figures.arrivalSla, 0.91)
    roughly(figures.margin, 0.28)
    roughly(figures.negative, 0.11)
    expect(figures.connected).toBe(18)
  })

  it('leaves what was there as it was: repairs, stock, and the fan that is about to die', async () => {
    const ids = before.known.map(({ id }) => id)
    expect((await ticketsAsTheyAre()).filter(({ id }) => ids.includes(id))).toEqual(before.known)
    expect(await rows(stock)).toEqual(before.stock)
    expect(await openingOf(database)).toBe('dies')
  })

  it('is whole in the trail, whose chain covers it', async () => {
    const { rows: trail } = await database.pool.query('select * from audit_log order by id')
    let hash = ''
    for (const { actor_id: actorId, entity_id: entityId, request_id: requestId, ...entry } of trail) {
      expect(entry.hash).toBe(chainHash(hash, { ...entry, actorId, entityId, requestId }))
      hash = entry.hash
    }
    const untold = await rows<{ id: string }>(`
      select t.id from tickets t where not exists (select from audit_log a where a.entity_id = t.id::text)`)
    expect(untold.map(({ id }) => id).toSorted()).toEqual(before.known.map(({ id }) => id).toSorted())
  })

  it('never takes from a store what is not there, in the order of writing and in that of time', async () => {
    for (const order of ['sequence', 'at, sequence']) {
      const below = await rows(`
        with flows as (
          select part_id, to_location_id as location_id, quantity, sequence, at from stock_movements where to_location_id is not null
          union all
          select part_id, from_location_id, -quantity, sequence, at from stock_movements where from_location_id is not null
        ), sums as (
          select *, sum(quantity) over (partition by part_id, location_id order by ${order}, quantity desc) as on_hand from flows
        ) select * from sums where on_hand < 0`)
      expect(below).toEqual([])
    }
    const wrong = await rows(`
      with flows as (
        select part_id, to_location_id as location_id, quantity from stock_movements where to_location_id is not null
        union all
        select part_id, from_location_id, -quantity from stock_movements where from_location_id is not null
      ), ledger as (select part_id, location_id, sum(quantity) as quantity from flows group by 1, 2)
      select * from ledger full join stock_balances b using (part_id, location_id)
       where ledger.quantity is distinct from b.quantity`)
    expect(wrong).toEqual([])
    const serials = await rows(`
      select l.key, p.code from stock_balances b join parts p on p.id = b.part_id and p.serialised
        join stock_locations l on l.id = b.location_id
        left join part_serials s on s.part_id = b.part_id and s.location_id = b.location_id
       group by 1, 2, b.quantity having b.quantity <> count(s.serial)`)
    expect(serials).toEqual([])
  })

  it('every ticket went the whole way before today, with money on it where somebody came', async () => {
    const tickets = await rows<Record<string, unknown>>(`
      select t.state, t.created_at < '${now.toISOString()}' and coalesce(t.closed_at, t.state_since) < '${now.toISOString()}' as past,
             exists (select from completion_reports r where r.ticket_id = t.id) as reported,
             exists (select from visits v where v.ticket_id = t.id and v.state = 'done') as visited,
             exists (select from money_lines m where m.ticket_id = t.id and m.side = 'cost') as costs
        from tickets t`)
    for (const { state, past, reported, visited, costs } of tickets) {
      expect(['closed', 'cancelled', 'merged']).toContain(state)
      expect(past).toBe(true)
      if (state !== 'closed') continue
      expect(reported).toBe(visited)
      if (visited) expect(costs).toBe(true)
    }
    const jobs = await rows('select * from graphile_worker.jobs')
    expect(jobs).toEqual([])
  })

  // Whose report was sent back is on site again until he has written it anew; he need not be there for that.
  it('nobody is at two places at once', async () => {
    const overlaps = await rows(`
      select a.id from visits a join visits b on a.engineer_id = b.engineer_id and a.id < b.id
         and a.departed_at < b.checked_out_at and b.departed_at < a.checked_out_at
       where not exists (select from ticket_events e where e.action = 'return-report' and e.ticket_id in (a.ticket_id, b.ticket_id))`)
    expect(overlaps).toEqual([])
    expect(engineers).toHaveLength(10)
  })

  it('what a machine raised has its evidence, frozen, with what it showed', async () => {
    const evidence = await rows<{ frozen: boolean; seen: number; likely: number }>(`
      select e.frozen_at is not null as frozen, (e.content->'quality'->>'readings')::int as seen,
             jsonb_array_length(e.content->'likelyFailures') as likely
        from ticket_evidence e join tickets t on t.id = e.ticket_id and t.source = 'alarm'`)
    const episodes = await rows(`select * from alarm_episodes where cleared_ms is null or ticket_id is null`)
    expect(episodes).toEqual([])
    expect(evidence.length).toBe(first.figures.alarmTickets)
    for (const { frozen, seen, likely } of evidence) {
      expect(frozen).toBe(true)
      expect(seen).toBeGreaterThan(600)
      expect(likely).toBeGreaterThan(0)
    }
  })
})

describe('refuses', () => {
  const nowhere = { days: 30, share: 1, signal: new AbortController().signal }

  it('a database that is no demonstration', async () => {
    const empty = await testDatabase()
    const other = openDatabase({ url: empty.url, poolSize: 2, logger, applicationName: 'demo seed test' })
    await expect(seedYears({ ...nowhere, database: other, seed: 1 })).rejects.toThrow(/is not a demonstration/)
    await other.close()
  })

  it('a second history of another seed', async () => {
    await expect(seedYears({ ...nowhere, database, seed: 2 })).rejects.toThrow(/has a history of seed 1/)
  })

  it.each(['0', '13', '1.5', 'all'])('%s months', async (months) => {
    const { code, stderr } = await runFettle(['demo', 'seed', '--months', months])
    expect(code).not.toBe(0)
    expect(stderr).toContain('whole number from 1 to 12')
  })
})
