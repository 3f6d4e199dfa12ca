import type { LiveEvent } from '@fettle/contracts/events'
import { addTicketNote, createTicket } from '@fettle/contracts/tickets'
import { createClient } from '@fettle/contracts/client'
import { users } from '@fettle/db/schema/identity'
import { tickets } from '@fettle/db/schema/tickets'
import { signals } from '@fettle/db/schema/assets'
import { eventually } from '@fettle/testing/eventually'
import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createLiveHub } from '../src/events/live-hub.ts'
import { testApi } from './test-api.ts'

const { as, company, deps, tokenOf } = await testApi()
const { db, pool } = deps.database

/** A hub that looks often, behind an application of its own. */
const hub = createLiveHub(deps, { valuesEveryMs: 20, renewEveryMs: 20 })
await hub.start()
const app = await buildApp(deps, hub, { works: () => true })
const url = await app.listen({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await app.close()
  await hub.stop()
})

/** An open stream and what came on it. */
async function listen(username: string, query = '') {
  const authorization = `Bearer ${await tokenOf(username)}`
  const response = await fetch(`${url}/api/v1/events${query}`, { headers: { authorization } })
  if (!response.body) throw new Error(`no stream: ${response.status}`)
  const events: LiveEvent[] = []
  const stream = { events, ended: false }
  const read = async (body: AsyncIterable<Uint8Array>) => {
    let text = ''
    for await (const chunk of body) {
      const blocks = (text + new TextDecoder().decode(chunk)).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) if (block.startsWith('data: ')) events.push(JSON.parse(block.slice(6)) as LiveEvent)
    }
  }
  void read(response.body)
    .catch(() => {})
    .then(() => (stream.ended = true))
  return stream
}

async function openTicket(assetId: string) {
  const report = { type: 'repair', source: 'phone', priority: 'normal', title: '异响', description: '' } as const
  return (await (await as('desk'))(createTicket, { body: { assetId, ...report } })).ticket
}
const tellsOf = (ticketId: string) => (event: LiveEvent) => event.kind === 'ticket' && event.ticketId === ticketId
const heard = (stream: { events: LiveEvent[] }, ticketId: string) =>
  eventually(() => stream.events.some(tellsOf(ticketId)), { what: 'the ticket to be told' })
const ended = (stream: { ended: boolean }) => eventually(() => stream.ended, { what: 'the stream to end' })

describe('the live stream', () => {
  it('tells each listener what the policy lets it see, and no more', async () => {
    const insiders = await Promise.all(['dispatcher', 'engineer', 'customer'].map((username) => listen(username)))
    const outsiders = await Promise.all(['branch', 'engineer-suzhou', 'customer-qipei'].map((name) => listen(name)))
    const onlyDongguan = await listen('dispatcher', `?assetId=${company.assetDongguan}`)
    const here = await openTicket(company.assetLinqing)
    const there = await openTicket(company.assetDongguan)
    for (const stream of insiders) await heard(stream, here.id)
    for (const stream of [outsiders[0], outsiders[2], onlyDongguan]) if (stream) await heard(stream, there.id)
    for (const stream of [...outsiders, onlyDongguan]) expect(stream.events.some(tellsOf(here.id))).toBe(false)
    expect(outsiders[1]?.events).toEqual([])
  })

  it('tells an engineer of a ticket in another region that is theirs', async () => {
    const { id } = await openTicket(company.assetLinqing)
    await db.update(tickets).set({ engineerId: company.gu }).where(eq(tickets.id, id))
    const stream = await listen('engineer-suzhou')
    await (
      await as('desk')
    )(addTicketNote, { params: { ticketId: id }, body: { text: '已联系' } })
    expect(await heard(stream, id)).toBe(true)
  })

  it('shows values of visible machines', async () => {
    const stream = await listen('customer')
    const outsider = await listen('customer-qipei')
    const [signal] = await db.select().from(signals).where(eq(signals.id, company.temperature))
    const at = Date.now()
    const columns = { timesMs: Float64Array.of(at), values: Float64Array.of(71.2), qualities: Uint8Array.of(0) }
    const write = (position: number) => {
      const { dingzhou: customerId, siteLinqing: siteId, model: modelId, assetLinqing: assetId } = company
      const source = { kind: 'device', key: 'AC75-2403-0117' } as const
      const whose = { customerId, siteId, modelId, assetId, source, receivedAtMs: at + position }
      const timesMs = columns.timesMs.map((time) => time + position)
      const entry = { ...whose, ...columns, timesMs, series: Int32Array.of(signal?.series ?? -1) }
      return deps.telemetry.write([{ position, entry }])
    }
    let position = 0
    await eventually(
      async () => {
        await write(++position)
        return stream.events.some((event) => event.kind === 'values')
      },
      { what: 'a value to be shown' },
    )
    const values = stream.events.find((event) => event.kind === 'values')
    expect(values).toMatchObject({
      assetId: company.assetLinqing,
      values: [{ signalId: company.temperature, value: 71.2 }],
    })
    expect(outsider.events).toEqual([])
  })

  it('ends with its session', async () => {
    const stream = await listen('quality')
    await fetch(`${url}/api/v1/session`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await tokenOf('quality')}` },
    })
    expect(await ended(stream)).toBe(true)
  })

  it('ends when the account may see something else', async () => {
    const stream = await listen('storekeeper')
    await db.update(users).set({ regionPrefix: '3205' }).where(eq(users.username, 'storekeeper'))
    expect(await ended(stream)).toBe(true)
  })

  it('ends when announcements may have been missed, so that the screen asks again', async () => {
    const stream = await listen('manager')
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
    )
    expect(await ended(stream)).toBe(true)
    const again = await listen('manager')
    await heard(again, (await openTicket(company.assetLinqing)).id)
  })
})

it('says all the time that it is alive, whatever a listener may see', async () => {
  const idle = createLiveHub(deps, { aliveEveryMs: 5 })
  await idle.start()
  const heardThere: string[] = []
  const ofNobody = { engineerId: null, customerId: null, branchId: null, regionPrefix: '' }
  const actor = { id: company.model, username: 'nobody', name: '孟庆华', role: 'customer', ...ofNobody } as const
  const leave = idle.listen({
    actor,
    assetId: company.assetDongguan,
    send: (event) => heardThere.push(event),
    end: () => {},
    renew: async () => undefined,
  })
  await eventually(() => heardThere.length > 1, { what: 'the stream to say that it is alive' })
  leave()
  await idle.stop()
  expect(new Set(heardThere)).toEqual(new Set(['{"kind":"alive"}']))
})

it('a server that closes ends its streams and answers what it was asked before', async () => {
  const idle = createLiveHub(deps)
  const closing = await buildApp(deps, idle, { works: () => true })
  const origin = await closing.listen({ host: '127.0.0.1', port: 0 })
  const { id: ticketId } = await openTicket(company.assetLinqing)
  const token = await tokenOf('desk')
  const desk = createClient({ origin, token: () => token })
  const stream = await fetch(`${origin}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } })

  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from tickets where id = $1 for update', [ticketId])
  const answer = desk(addTicketNote, { params: { ticketId }, body: { text: '稍后到' } })
  const isWaiting = async () =>
    (await pool.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))
      .rows.length > 0
  await eventually(isWaiting, { what: 'the note to wait for the ticket' })
  const closed = closing.close()
  await expect(stream.text()).rejects.toThrow('terminated')
  await holder.query('rollback')
  holder.release()
  await expect(answer).resolves.toMatchObject({ kind: 'note' })
  await closed
  expect(closing.server.listening).toBe(false)
})
