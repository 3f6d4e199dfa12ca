import { addTicketNote, createTicket, getTicket, transitionTicket } from '@fettle/contracts/tickets'
import { idempotencyKeys } from '@fettle/db/schema/identity'
import { describe, expect, it } from 'vitest'
import { forgetOld } from '../src/housekeeping.ts'
import { testApi } from './test-api.ts'

const { as, company, deps } = await testApi()
const { db } = deps.database
const desk = await as('desk')
const report = { type: 'repair', source: 'phone', priority: 'normal', title: '异响', description: '' } as const
const { ticket } = await desk(createTicket, { body: { assetId: company.assetLinqing, ...report } })
const params = { ticketId: ticket.id }

describe('an Idempotency-Key', () => {
  it('of a call that was refused may be used again', async () => {
    const idempotencyKey = 'tap-once-more'
    const cancel = (reason?: string) => {
      const body = { action: 'cancel', expectedVersion: 1, ...(reason !== undefined && { reason }) } as const
      return desk(transitionTicket, { params, body }, { idempotencyKey })
    }
    await expect(cancel()).rejects.toMatchObject({ problem: { code: 'ticket/requirement-missing' } })
    expect(await cancel('客户自行解决')).toMatchObject({ state: 'cancelled', version: 2 })
    expect(await cancel('客户自行解决')).toMatchObject({ state: 'cancelled', version: 2 })
  })

  it('of one person means nothing to another', async () => {
    const idempotencyKey = 'both-chose-this'
    const note = async (username: string) =>
      (await as(username))(addTicketNote, { params, body: { text: '已联系客户' } }, { idempotencyKey })
    expect((await note('manager')).by).toBe('manager')
    expect((await note('dispatcher')).by).toBe('dispatcher')
  })

  it('is kept for thirty days', async () => {
    const call = () => desk(addTicketNote, { params, body: { text: '已发货' } }, { idempotencyKey: 'from-a-cellar' })
    expect((await call()).id).toBe((await call()).id)
    const { events } = await desk(getTicket, { params })
    expect(events.filter(({ text }) => text.zh === '已发货')).toHaveLength(1)
    const dayMs = 24 * 3_600_000
    const kept = async () => (await db.select().from(idempotencyKeys)).length
    const before = await kept()
    await forgetOld(db, deps.clock.now() + 29 * dayMs)
    expect(await kept()).toBe(before)
    await forgetOld(db, deps.clock.now() + 31 * dayMs)
    expect(await kept()).toBe(0)
  })
})
