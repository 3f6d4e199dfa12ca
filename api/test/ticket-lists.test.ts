import { getCustomer } from '@fettle/contracts/customers'
import { getOverview } from '@fettle/contracts/overview'
import type { WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import { createTicket, getTicket, listTickets, transitionTicket } from '@fettle/contracts/tickets'
import { tickets } from '@fettle/db/schema/tickets'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { as, company, deps } = await testApi()
const { db } = deps.database
const hour = 3_600_000

async function openTicket(changes: Partial<typeof tickets.$inferInsert> = {}) {
  const body = {
    ...({ type: 'repair', source: 'phone', priority: 'normal', title: '异响', description: '' } as const),
    assetId: company.assetLinqing,
  }
  const { ticket } = await (await as('desk'))(createTicket, { body })
  if (Object.keys(changes).length > 0) await db.update(tickets).set(changes).where(eq(tickets.id, ticket.id))
  return ticket.id
}

describe('the first page counts what the list then shows', () => {
  it('tickets that nobody has, and those with a promise that has passed', async () => {
    const dispatcher = await as('dispatcher')
    const late = new Date(Date.now() - hour)
    const fresh = await openTicket()
    const overdue = await openTicket({ engineerId: company.wang, state: 'assigned', arriveDueAt: late })
    // Solved by phone: nobody owes a visit any more, however late it is.
    await openTicket({
      engineerId: company.wang,
      state: 'confirmation',
      answeredAt: late,
      arriveDueAt: late,
      restoredAt: late,
    })
    await openTicket({ state: 'cancelled', answerDueAt: late, closedAt: late })

    const listed = async (querystring: Parameters<typeof dispatcher<typeof listTickets>>[1]['querystring']) =>
      (await dispatcher(listTickets, { querystring })).items.map(({ id }) => id)
    const { figures } = await dispatcher(getOverview, {})
    expect(await listed({ open: true, assigned: false })).toEqual([fresh])
    expect(await listed({ overdue: true })).toEqual([overdue])
    expect(await listed({ overdue: false })).not.toContain(overdue)
    expect(figures).toMatchObject({ openTickets: 3, unassigned: 1, overdue: 1 })
    const ofCustomer = await (await as('customer'))(getOverview, {})
    expect(ofCustomer.figures).toMatchObject({ openTickets: 3, unassigned: null, overdue: 1 })
  })
})

describe('while the customer is waited for', () => {
  const ago = (hours: number) => new Date(Date.now() - hours * hour)

  async function hold(ticketId: string, waitingFor?: WaitingFor) {
    const desk = await as('desk')
    const { version } = await desk(getTicket, { params: { ticketId } })
    const body = { action: 'hold', reason: '客户赶订单，夜班再停', expectedVersion: version } as const
    return desk(transitionTicket, { params: { ticketId }, body: { ...body, ...(waitingFor && { waitingFor }) } })
  }

  it('nothing is overdue that was not before, neither in the list nor in what it counts', async () => {
    const dispatcher = await as('dispatcher')
    const before = (await dispatcher(getOverview, {})).figures.overdue
    const running = { answeredAt: ago(9), restoreDueAt: ago(-9) }
    const paused = { ...running, state: 'on-hold', resumeState: 'received', slaPausedAt: ago(3) } as const
    const ids = {
      late: await openTicket({ ...running, arriveDueAt: ago(2) }),
      pausedInTime: await openTicket({ ...paused, waitingFor: 'customer-stop', arriveDueAt: ago(2) }),
      pausedOnTheMoment: await openTicket({ ...paused, waitingFor: 'customer-stop', arriveDueAt: paused.slaPausedAt }),
      brokenBefore: await openTicket({ ...paused, waitingFor: 'customer-payment', arriveDueAt: ago(4) }),
      ourOwnFault: await openTicket({ ...paused, waitingFor: 'our-part', slaPausedAt: null, arriveDueAt: ago(2) }),
    }
    const overdue = [ids.late, ids.brokenBefore, ids.ourOwnFault]
    const inTime = [ids.pausedInTime, ids.pausedOnTheMoment]

    const listed = async (querystring: { overdue?: boolean }) =>
      (await dispatcher(listTickets, { querystring: { open: true, limit: 100, ...querystring } })).items
    const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id)
    expect(idsOf(await listed({ overdue: true }))).toEqual(expect.arrayContaining(overdue))
    expect(idsOf(await listed({ overdue: false }))).toEqual(expect.arrayContaining(inTime))
    for (const { id, nextDue } of await listed({ overdue: true })) expect([id, nextDue?.state]).toEqual([id, 'missed'])
    for (const { id, nextDue } of await listed({ overdue: false })) expect([id, nextDue?.state]).not.toContain('missed')

    const { figures, dueSoon } = await dispatcher(getOverview, {})
    expect(figures.overdue).toBe(before + overdue.length)
    expect(idsOf(dueSoon)).toEqual(expect.arrayContaining(overdue))
    for (const id of inTime) expect(idsOf(dueSoon)).not.toContain(id)
  })

  it('the promises move by the wait, and the trail says so', async () => {
    const desk = await as('desk')
    const ticketId = await openTicket({ answeredAt: ago(5), arriveDueAt: ago(2), restoreDueAt: ago(-9) })
    const held = await hold(ticketId, 'customer-stop')
    expect(held).toMatchObject({ state: 'on-hold', waitingFor: 'customer-stop', pausedAt: held.events.at(-1)?.at })
    expect(held.events.at(-1)?.text.zh).toBe('挂起：等待客户停机，时限暂停')

    // As if that had been three hours ago.
    const pausedAt = ago(3)
    await db.update(tickets).set({ slaPausedAt: pausedAt, stateSince: pausedAt }).where(eq(tickets.id, ticketId))
    const waiting = await desk(getTicket, { params: { ticketId } })
    const arriveMs = Date.parse(waiting.slaClocks[1]?.dueAt ?? '')
    expect(waiting.nextDue).toBeNull()
    expect(waiting.slaClocks[1]).toMatchObject({ state: 'paused', remainingMs: arriveMs - pausedAt.getTime() })

    const body = { action: 'resume', expectedVersion: held.version } as const
    const resumed = await desk(transitionTicket, { params: { ticketId }, body })
    const event = resumed.events.at(-1)
    const tookMs = Date.parse(event?.at ?? '') - pausedAt.getTime()
    expect(resumed).toMatchObject({ state: 'received', waitingFor: null, pausedAt: null })
    expect(resumed.nextDue).toMatchObject({ kind: 'arrive', state: 'running', remainingMs: null })
    expect(Date.parse(resumed.nextDue?.dueAt ?? '')).toBe(arriveMs + tookMs)
    expect(event?.text.zh).toBe('恢复处理：等待客户停机共 3 小时；时限顺延：到场 3 小时，修复 3 小时')
  })

  it('for the quote, they pause as well, whatever ends that', async () => {
    const desk = await as('desk')
    const ticketId = await openTicket({ arriveDueAt: ago(-1), restoreDueAt: ago(-9) })
    const step = async (action: 'ask-quote' | 'approve-quote') => {
      const { version } = await desk(getTicket, { params: { ticketId } })
      return desk(transitionTicket, { params: { ticketId }, body: { action, expectedVersion: version } })
    }
    const asked = await step('ask-quote')
    expect(asked).toMatchObject({ state: 'quote', waitingFor: 'customer-quote', nextDue: null })
    await db
      .update(tickets)
      .set({ slaPausedAt: ago(2) })
      .where(eq(tickets.id, ticketId))
    expect(await step('approve-quote')).toMatchObject({
      waitingFor: null,
      nextDue: { kind: 'arrive', state: 'running' },
    })
  })

  it('the step says what is waited for, and no other step does', async () => {
    const ticketId = await openTicket()
    await expect(hold(ticketId)).rejects.toMatchObject({ problem: { code: 'ticket/requirement-missing' } })
    const { version } = await (await as('desk'))(getTicket, { params: { ticketId } })
    const body = { action: 'to-dispatch', waitingFor: 'our-part', expectedVersion: version } as const
    await expect((await as('desk'))(transitionTicket, { params: { ticketId }, body })).rejects.toMatchObject({
      problem: { code: 'request/invalid' },
    })
  })
})

it('what a contract costs a year is told to those who see money', async () => {
  const feesOf = async (username: string) => {
    const { contracts } = await (await as(username))(getCustomer, { params: { customerId: company.dingzhou } })
    return contracts.map(({ annualFeeCents }) => annualFeeCents)
  }
  for (const username of ['admin', 'manager', 'finance']) expect(await feesOf(username)).toEqual([16_800_000])
  for (const username of ['dispatcher', 'engineer', 'storekeeper', 'customer']) {
    expect(await feesOf(username)).toEqual([null])
  }
})
