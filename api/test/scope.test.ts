import { listAudit } from '@fettle/contracts/audit'
import { getBrief } from '@fettle/contracts/brief'
import { listCustomers } from '@fettle/contracts/customers'
import { suggestEngineers } from '@fettle/contracts/engineers'
import { listDeadLetters } from '@fettle/contracts/gateways'
import { addMoneyLine } from '@fettle/contracts/money'
import { consumePart, listMovements } from '@fettle/contracts/parts'
import { createTicket, getTicket, transitionTicket } from '@fettle/contracts/tickets'
import { deadLetters, gateways } from '@fettle/db/schema/devices'
import { sites } from '@fettle/db/schema/organisation'
import { users } from '@fettle/db/schema/identity'
import { tickets } from '@fettle/db/schema/tickets'
import { uuidv7 } from '@fettle/platform/ids'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { as, company, deps } = await testApi()
const { db } = deps.database

/** Another account with a role, for the region whose codes begin so. */
async function regional(role: 'manager' | 'storekeeper' | 'engineer', regionPrefix: string) {
  const [like] = await db.select().from(users).where(eq(users.username, role))
  if (!like) throw new Error(`no ${role}`)
  const username = `${role}-${regionPrefix}`
  const user = { ...like, id: uuidv7(), username, regionPrefix }
  await db.insert(users).values(user).onConflictDoNothing()
  return as(username)
}

async function openTicket(assetId: string, failureModeId?: string) {
  const body = {
    ...({ assetId, type: 'repair', source: 'phone', priority: 'normal', title: '异响', description: '' } as const),
    ...(failureModeId && { failureModeId }),
  }
  return (await (await as('desk'))(createTicket, { body })).ticket
}

describe('nothing of what is outside is told on the way', () => {
  it('a customer is shown with the sites of the region, and what is counted there', async () => {
    const [site] = await db.select().from(sites).where(eq(sites.id, company.siteLinqing))
    if (!site) throw new Error('no site')
    await db.insert(sites).values({ ...site, id: uuidv7(), name: '苏州分厂', regionCode: '320500' })
    await openTicket(company.assetLinqing)
    const { items: north } = await (await regional('manager', '3715'))(listCustomers, { querystring: {} })
    const { items: south } = await (await regional('manager', '3205'))(listCustomers, { querystring: {} })
    expect(north.map((each) => each.sites.map(({ name }) => name))).toEqual([['一厂']])
    expect(south.map((each) => each.sites.map(({ name }) => name))).toEqual([['苏州分厂']])
    expect(north[0]?.assetCount).toBe(1)
    expect(south[0]).toMatchObject({ assetCount: 0, openTickets: 0 })
  })

  it('the audit trail of a regional manager is that of the region', async () => {
    const here = await openTicket(company.assetLinqing)
    const there = await openTicket(company.assetDongguan)
    const { items } = await (await regional('manager', '3715'))(listAudit, { querystring: { limit: 200 } })
    const entities = items.map(({ entityId }) => entityId)
    expect(entities).toContain(here.id)
    expect(entities).not.toContain(there.id)
    const { items: all } = await (await as('manager'))(listAudit, { querystring: { limit: 200 } })
    expect(all.map(({ entityId }) => entityId)).toEqual(expect.arrayContaining([here.id, there.id]))
  })

  it('dead letters of a region are those of its machines and gateways', async () => {
    const at = { receivedAt: new Date(), topic: 't', detail: '', payload: '', readings: 1 }
    const sources = ['AC75-2403-0117', 'AC75-2111-0143', 'GW-LQ']
    await db.insert(gateways).values({ id: uuidv7(), key: 'GW-LQ', siteId: company.siteLinqing })
    await db
      .insert(deadLetters)
      .values(sources.map((source) => ({ ...at, code: 'payload/malformed' as const, source })))
    const seen = async (call: Awaited<ReturnType<typeof as>>) =>
      (await call(listDeadLetters, { querystring: { sort: 'id' } })).items.map(({ source }) => source)
    expect(await seen(await as('manager'))).toEqual(sources)
    expect(await seen(await regional('manager', '3715'))).toEqual(['AC75-2403-0117', 'GW-LQ'])
  })

  it('a stock movement names its ticket to those who may see the ticket', async () => {
    const ticket = await openTicket(company.assetDongguan, company.separatorClogged)
    const body = { partId: company.separator, locationId: company.branchStore, quantity: '1' }
    await (
      await as('engineer-dongguan')
    )(consumePart, { params: { ticketId: ticket.id }, body })
    const of = async (call: Awaited<ReturnType<typeof as>>) => (await call(listMovements, { querystring: {} })).items[0]
    expect(await of(await as('storekeeper'))).toMatchObject({ partCode: 'A3', ticketNumber: ticket.number })
    expect(await of(await regional('storekeeper', '3715'))).toMatchObject({
      partCode: 'A3',
      ticketId: null,
      ticketNumber: null,
    })
  })

  it('a branch is offered its own engineers, and told of its own parts', async () => {
    const { id: ticketId } = await openTicket(company.assetDongguan, company.fanFailure)
    const { items } = await (await as('branch'))(suggestEngineers, { params: { ticketId } })
    expect(items.map(({ name }) => name)).toEqual(['黄俊杰'])
    const brief = await (await as('branch'))(getBrief, { params: { ticketId } })
    expect(brief.parts.flatMap(({ elsewhere }) => elsewhere)).toEqual([])
  })

  it('what was bought in is told on the trail to those who see the money', async () => {
    const { id: ticketId } = await openTicket(company.assetLinqing)
    const line = { side: 'cost', kind: 'outsourcing', description: '外协动平衡', quantity: '1', unit: '项' } as const
    const more = { unitPriceCents: 90_000, taxRate: '0.06', taxIncluded: true, payer: 'us' } as const
    await (
      await as('finance')
    )(addMoneyLine, { params: { ticketId }, body: { ...line, ...more } })
    const kinds = async (username: string) =>
      (await (await as(username))(getTicket, { params: { ticketId } })).events.map(({ kind }) => kind)
    expect(await kinds('finance')).toContain('money')
    expect(await kinds('customer')).not.toContain('money')
    expect(await kinds('engineer')).not.toContain('money')
  })
})

describe('an engineer', () => {
  it('who helps out in another region reads the brief of the ticket, machine and all', async () => {
    const { id: ticketId } = await openTicket(company.assetLinqing)
    await db.update(tickets).set({ engineerId: company.gu }).where(eq(tickets.id, ticketId))
    const brief = await (await as('engineer-suzhou'))(getBrief, { params: { ticketId } })
    expect(brief.asset.key).toBe('AC75-2403-0117')
  })

  it('takes no step on a colleague’s ticket, and is offered none', async () => {
    const { id: ticketId } = await openTicket(company.assetLinqing)
    await db.update(tickets).set({ engineerId: company.sun, state: 'assigned' }).where(eq(tickets.id, ticketId))
    const wang = await as('engineer')
    const { steps, version } = await wang(getTicket, { params: { ticketId } })
    expect(steps).toEqual([])
    const body = { action: 'decline', reason: '不想去', expectedVersion: version } as const
    await expect(wang(transitionTicket, { params: { ticketId }, body })).rejects.toMatchObject({
      status: 403,
      problem: { code: 'policy/forbidden' },
    })
  })
})
