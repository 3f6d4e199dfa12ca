import { listAudit } from '@fettle/contracts/audit'
import type { Call } from '@fettle/contracts/client'
import { suggestEngineers } from '@fettle/contracts/engineers'
import { addMoneyLine, getTicketMoney } from '@fettle/contracts/money'
import { getOverview } from '@fettle/contracts/overview'
import { consumePart, listMovements, listStock } from '@fettle/contracts/parts'
import { getAsset, getAssetTimeline } from '@fettle/contracts/assets'
import { assignTicket, createTicket, getTicket, transitionTicket } from '@fettle/contracts/tickets'
import type { PlainTicketAction } from '@fettle/contracts/ticket-life-cycle'
import { checkIn, departForVisit, scheduleVisit, submitReport } from '@fettle/contracts/visits'
import { moneyLines } from '@fettle/db/schema/money'
import { marginOf } from '@fettle/domain/costs/margin'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { as, company, deps } = await testApi()
const tomorrow = (hour: number) => new Date(Date.now() + 24 * 3_600_000 + hour * 3_600_000).toISOString()

async function version(call: Call, ticketId: string): Promise<number> {
  return (await call(getTicket, { params: { ticketId } })).version
}

async function step(call: Call, ticketId: string, action: PlainTicketAction, reason?: string) {
  const expectedVersion = await version(call, ticketId)
  return call(transitionTicket, {
    params: { ticketId },
    body: { action, expectedVersion, ...(reason === undefined ? {} : { reason }) },
  })
}

async function open(assetId: string, failureModeId: string) {
  const desk = await as('desk')
  const { ticket } = await desk(createTicket, {
    body: {
      assetId,
      failureModeId,
      type: 'repair',
      source: 'phone',
      priority: 'high',
      title: '排气温度高停机',
      description: '',
    },
  })
  await step(desk, ticket.id, 'to-dispatch')
  return ticket.id
}

async function assignAndVisit(ticketId: string, engineerId: string, engineerUser: string) {
  const dispatcher = await as('dispatcher')
  await dispatcher(assignTicket, {
    params: { ticketId },
    body: { engineerId, expectedVersion: await version(dispatcher, ticketId) },
  })
  const engineer = await as(engineerUser)
  await step(engineer, ticketId, 'accept')
  const expected = async () => ({ params: { ticketId }, body: { expectedVersion: await version(engineer, ticketId) } })
  const { params, body } = await expected()
  await engineer(scheduleVisit, { params, body: { ...body, plannedStart: tomorrow(1), plannedEnd: tomorrow(4) } })
  await engineer(departForVisit, await expected())
  await engineer(checkIn, await expected())
  return engineer
}

async function finish(ticketId: string) {
  await step(await as('desk'), ticketId, 'confirm')
  await step(await as('manager'), ticketId, 'approve-report')
  await step(await as('desk'), ticketId, 'close')
}

const report = { finding: '风机电机绕组烧毁', work: '更换风机电机', outcome: 'confirmed' } as const

describe('a ticket from the call to its margin', () => {
  it('golden A: out of warranty, a branch engineer, separator and filter: 3,000.00 with tax, margin 1,310.87', async () => {
    const ticketId = await open(company.assetDongguan, company.separatorClogged)
    const engineer = await assignAndVisit(ticketId, company.huang, 'engineer-dongguan')
    for (const partId of [company.separator, company.oilFilter]) {
      await engineer(consumePart, {
        params: { ticketId },
        body: { partId, locationId: company.branchStore, quantity: '1' },
      })
    }
    await engineer(submitReport, {
      params: { ticketId },
      body: {
        ...report,
        expectedVersion: await version(engineer, ticketId),
        workHours: '2.5',
        travelHours: '1.2',
        travelKm: '64',
      },
    })
    await finish(ticketId)
    const { margin } = await (await as('manager'))(getTicketMoney, { params: { ticketId } })
    expect(margin).toMatchObject({
      revenueWithTaxCents: 300_000,
      revenueCents: 265_487,
      costCents: 134_400,
      marginCents: 131_087,
    })
  })

  it('golden B: full contract, the fan motor of a defective batch: cost 1,959.00, claim 1,150.00, own burden 809.00', async () => {
    const ticketId = await open(company.assetLinqing, company.fanFailure)
    const engineer = await assignAndVisit(ticketId, company.wang, 'engineer')
    await engineer(consumePart, {
      params: { ticketId },
      body: { partId: company.fanMotor, locationId: company.vanOfWang, quantity: '1', serial: 'FM-2403-118' },
    })
    await engineer(submitReport, {
      params: { ticketId },
      body: {
        ...report,
        expectedVersion: await version(engineer, ticketId),
        workHours: '2.5',
        travelHours: '1.4',
        travelKm: '110',
      },
    })
    const finance = await as('finance')
    const line = { quantity: '1', unit: '项', taxRate: '0', taxIncluded: false } as const
    await finance(addMoneyLine, {
      params: { ticketId },
      body: {
        ...line,
        side: 'cost',
        kind: 'freight',
        description: '旧件返厂运费',
        unitPriceCents: 2_500,
        payer: 'contract',
      },
    })
    await finance(addMoneyLine, {
      params: { ticketId },
      body: {
        ...line,
        side: 'claim',
        kind: 'part',
        description: '批次 2403 索赔',
        unitPriceCents: 115_000,
        payer: 'supplier',
      },
    })
    await finish(ticketId)
    const { margin, lines } = await (await as('manager'))(getTicketMoney, { params: { ticketId } })
    // Units are told by their keys, whatever language they were typed in.
    expect(lines.map(({ kind, unit }) => `${kind} ${unit}`)).toEqual([
      'part piece',
      'labour h',
      'travel km',
      'freight item',
      'part item',
    ])
    expect(margin).toMatchObject({
      revenueCents: 0,
      costCents: 195_900,
      costByPayer: { contract: 195_900 },
      claimsCents: 115_000,
      ownBurdenCents: 80_900,
    })

    const file = await (await as('quality'))(getAsset, { params: { assetId: company.assetLinqing } })
    const { events } = await (await as('manager'))(getTicket, { params: { ticketId } })
    const taken = events.find(({ kind }) => kind === 'part')?.text
    expect(taken?.zh).toBe('领用 A5 风机电机 1 个 FM-2403-118（王振国的车）')
    expect(taken?.en).toBe('Used A5 风机电机 1 pc FM-2403-118 (王振国的车)')
    expect(file.parts).toContainEqual(expect.objectContaining({ partCode: 'A5', serial: 'FM-2403-118', ticketId }))
    const { items } = await engineer(getAssetTimeline, { params: { assetId: company.assetLinqing }, querystring: {} })
    expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ticket', 'visit', 'part']))
  })

  it('counts on the first page as its lines do, one ticket’s claim against its own costs only', async () => {
    const lines = await deps.database.db.select().from(moneyLines)
    const { figures } = await (await as('manager'))(getOverview, {})
    expect(new Set(lines.map(({ ticketId }) => ticketId)).size).toBe(2)
    expect(figures.marginLast30Days).toEqual(marginOf(lines))
    expect(figures.marginLast30Days).toMatchObject({ revenueWithTaxCents: 300_000, costCents: 134_400 + 195_900 })
  })

  it('suggests the engineer who can, and says why the others cannot', async () => {
    const ticketId = await open(company.assetLinqing, company.fanFailure)
    const { items } = await (await as('dispatcher'))(suggestEngineers, { params: { ticketId } })
    expect(items.map(({ name, eligible }) => [name, eligible])).toEqual([
      ['王振国', true],
      ['孙海峰', false],
      ['顾晓东', false],
      ['黄俊杰', false],
    ])
  })
})

describe('a returned report', () => {
  it('is written anew for the same visit, and charges its hours once', async () => {
    const ticketId = await open(company.assetDongguan, company.separatorClogged)
    const engineer = await assignAndVisit(ticketId, company.huang, 'engineer-dongguan')
    const write = async (workHours: string) =>
      engineer(submitReport, {
        params: { ticketId },
        body: {
          ...report,
          expectedVersion: await version(engineer, ticketId),
          workHours,
          travelHours: '1',
          travelKm: '40',
        },
      })
    const checkedOut = async () =>
      (await engineer(getTicket, { params: { ticketId } })).visits.map(({ checkedOutAt }) => checkedOutAt)
    await write('25')
    await step(await as('desk'), ticketId, 'confirm')
    const left = await checkedOut()
    await step(await as('manager'), ticketId, 'return-report', '工时多写了一个零')
    await write('2.5')
    expect(await checkedOut()).toEqual(left)
    await finish(ticketId)
    const { margin, lines } = await (await as('manager'))(getTicketMoney, { params: { ticketId } })
    expect(margin.revenueWithTaxCents).toBe(2.5 * 30_000 + 40 * 250)
    expect(lines.filter(({ kind, side }) => kind === 'labour' && side === 'revenue')).toHaveLength(3)
  })
})

describe('what is refused, with a stable code', () => {
  it('an engineer who is not qualified', async () => {
    const ticketId = await open(company.assetLinqing, company.fanFailure)
    const dispatcher = await as('dispatcher')
    const body = { engineerId: company.sun, expectedVersion: await version(dispatcher, ticketId) }
    await expect(dispatcher(assignTicket, { params: { ticketId }, body })).rejects.toMatchObject({
      status: 422,
      problem: { code: 'engineer/not-qualified' },
    })
  })

  it('a step that someone else’s change has overtaken, and one that the life cycle does not know', async () => {
    const ticketId = await open(company.assetLinqing, company.fanFailure)
    const desk = await as('desk')
    const now = await version(desk, ticketId)
    const move = (action: PlainTicketAction, expectedVersion: number) =>
      desk(transitionTicket, { params: { ticketId }, body: { action, expectedVersion } })
    await expect(move('close', now)).rejects.toMatchObject({
      status: 409,
      problem: { code: 'ticket/illegal-transition' },
    })
    await expect(move('to-dispatch', now - 1)).rejects.toMatchObject({
      status: 409,
      problem: { code: 'resource/stale' },
    })
    await expect(move('cancel', now)).rejects.toMatchObject({
      status: 422,
      problem: { code: 'ticket/requirement-missing' },
    })
  })

  it('a claim on ourselves, which nobody would ever pay', async () => {
    const ticketId = await open(company.assetLinqing, company.fanFailure)
    const finance = await as('finance')
    const line = { side: 'claim', kind: 'part', description: '索赔', quantity: '1', unit: '件', taxRate: '0' } as const
    const claim = (payer: 'us' | 'contract' | 'maker') =>
      finance(addMoneyLine, {
        params: { ticketId },
        body: { ...line, unitPriceCents: 100, taxIncluded: false, payer },
      })
    for (const payer of ['us', 'contract'] as const) {
      await expect(claim(payer)).rejects.toMatchObject({ status: 400, problem: { code: 'request/invalid' } })
    }
    expect((await claim('maker')).margin).toMatchObject({ claimsCents: 100, ownBurdenCents: 0 })
  })

  it('a part that is not there, does not fit, or needs its serial number', async () => {
    const ticketId = await open(company.assetLinqing, company.fanFailure)
    const engineer = await as('engineer')
    const take = (partId: string, quantity: string, serial?: string) =>
      engineer(consumePart, {
        params: { ticketId },
        body: { partId, locationId: company.vanOfWang, quantity, ...(serial === undefined ? {} : { serial }) },
      })
    await expect(take(company.separator, '1')).rejects.toMatchObject({ problem: { code: 'stock/insufficient' } })
    await expect(take(company.pumpSeal, '1')).rejects.toMatchObject({ problem: { code: 'part/incompatible' } })
    await expect(take(company.separator, '-1')).rejects.toMatchObject({ problem: { code: 'request/invalid' } })
    await expect(take(company.separator, '1.23456')).rejects.toMatchObject({ status: 400 })
  })
})

describe('a repeated write', () => {
  it('moves stock and money once, and answers the same', async () => {
    const ticketId = await open(company.assetDongguan, company.separatorClogged)
    const engineer = await as('engineer-dongguan')
    const request = {
      params: { ticketId },
      body: { partId: company.separator, locationId: company.branchStore, quantity: '1' },
    }
    const idempotencyKey = 'the-same-tap-twice'
    const answers = await Promise.all([1, 2, 3].map(() => engineer(consumePart, request, { idempotencyKey })))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    const { items } = await engineer(listMovements, { querystring: { ticketId } })
    expect(items).toHaveLength(1)
    const { lines } = await (await as('finance'))(getTicketMoney, { params: { ticketId } })
    expect(lines.filter(({ kind }) => kind === 'part')).toHaveLength(2)
    const other = { ...request, body: { ...request.body, quantity: '0.5' } }
    await expect(engineer(consumePart, other, { idempotencyKey })).rejects.toMatchObject({
      problem: { code: 'request/idempotency-conflict' },
    })
    const { items: stock } = await engineer(listStock, { querystring: { partId: company.separator } })
    expect(stock.map(({ quantity }) => quantity)).toEqual([])
  })
})

describe('the audit trail', () => {
  it('has every write and refused write, and shows tampering', async () => {
    const admin = await as('admin')
    const trail = await admin(listAudit, { querystring: { limit: 200 } })
    expect(trail.intact).toBe(true)
    expect(trail.items.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['signIn', 'createTicket', 'assignTicket', 'consumePart', 'submitReport', 'addMoneyLine']),
    )
    expect(trail.items.filter(({ outcome }) => outcome === 422).length).toBeGreaterThan(0)
    await expect(deps.database.db.execute(sql`update audit_log set actor = 'nobody'`)).rejects.toMatchObject({
      cause: { message: 'audit_log is append-only' },
    })
    await deps.database.db.execute(sql`alter table audit_log disable trigger audit_log_append_only`)
    await deps.database.db.execute(
      sql`update audit_log set actor = 'nobody' where id = (select min(id) from audit_log)`,
    )
    expect((await admin(listAudit, { querystring: { limit: 200 } })).intact).toBe(false)
  })
})
