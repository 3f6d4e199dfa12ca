import { getCustomer } from '@fettle/contracts/customers'
import { getOverview } from '@fettle/contracts/overview'
import { createTicket, listTickets } from '@fettle/contracts/tickets'
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
