import { getAssetTimeline } from '@fettle/contracts/assets'
import { getBrief } from '@fettle/contracts/brief'
import { getTicket, getTicketEvidence, listTickets, mergeTicket, transitionTicket } from '@fettle/contracts/tickets'
import { signals } from '@fettle/db/schema/assets'
import { alarmChanges, alarmEpisodes, rules, ruleVersions } from '@fettle/db/schema/rules'
import { ticketEvidence, tickets } from '@fettle/db/schema/tickets'
import { fakeClock } from '@fettle/platform/clock'
import { uuidv7 } from '@fettle/platform/ids'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { followAlarm } from '../src/jobs/alarm-changed.ts'
import { freezeEvidence } from '../src/jobs/freeze-evidence.ts'
import { openTicketForAlarm } from '../src/jobs/open-ticket.ts'
import { testApi } from './test-api.ts'

/** Jobs are called by hand here. The clock is ahead of the real one, so that the runner leaves those for later alone. */
const clock = fakeClock(Date.parse('2099-11-22T03:12:00Z'))
const { as, company, deps } = await testApi({ clock })
const { db } = deps.database
const minute = 60_000
const raisedMs = clock.now()

const ruleId = uuidv7()
await db.insert(rules).values({
  id: ruleId,
  key: 'discharge-temperature',
  modelId: company.model,
  failureModeId: company.fanFailure,
  version: 1,
  changedAt: new Date(raisedMs),
})
await db.insert(ruleVersions).values({
  ruleId,
  version: 1,
  createdAt: new Date(raisedMs),
  definition: {
    kind: 'threshold',
    signalKey: 'discharge_temperature',
    limits: { hh: 105, h: 100, l: null, ll: null },
    band: 2,
    onDelayMs: 15_000,
    offDelayMs: 60_000,
    latenessMs: 30_000,
    whileRunning: false,
    startupMs: 0,
    condition: { signalKey: 'run_state', atLeast: 1 },
  },
})

/** Ninety-five degrees all hour, then six a minute for eight minutes: a fan died five minutes before the alarm. */
async function heatUp() {
  const [signal] = await db.select().from(signals).where(eq(signals.id, company.temperature))
  const times = Array.from({ length: 4_080 }, (_, second) => raisedMs - 60 * minute + second * 1_000)
  await deps.telemetry.write([
    {
      position: 0,
      entry: {
        assetId: company.assetLinqing,
        customerId: company.dingzhou,
        siteId: company.siteLinqing,
        modelId: company.model,
        receivedAtMs: raisedMs,
        source: { kind: 'device', key: 'AC75-2403-0117' },
        series: Int32Array.from(times, () => signal?.series ?? -1),
        timesMs: Float64Array.from(times),
        values: Float64Array.from(times, (at) => 75 + Math.max(0, (at - raisedMs + 5 * minute) / minute) * 6),
        qualities: Uint8Array.from(times, () => 0),
      },
    },
  ])
}

async function raise(more: Partial<typeof alarmEpisodes.$inferInsert> = {}): Promise<string> {
  const id = uuidv7()
  await db.insert(alarmEpisodes).values({
    id,
    ruleId,
    ruleVersion: 1,
    assetId: company.assetLinqing,
    signalId: company.temperature,
    failureModeId: company.fanFailure,
    raisedMs,
    level: 'high',
    peakLevel: 'high',
    limit: 100,
    peakLimit: 100,
    value: 100.4,
    peakValue: 100.4,
    late: false,
    recordedAt: new Date(raisedMs),
    ...more,
  })
  return id
}

describe('an alarm', () => {
  it('opens one ticket however often and however parallel its job runs, with evidence that freezes after ten minutes', async () => {
    await heatUp()
    const alarmId = await raise()
    await Promise.all([1, 2, 3].map(() => openTicketForAlarm(deps, { alarmId })))
    const desk = await as('desk')
    const { items } = await desk(listTickets, { querystring: { source: 'alarm' } })
    expect(items).toHaveLength(1)
    const [ticket] = items
    if (!ticket) throw new Error('no ticket')
    expect(ticket).toMatchObject({
      number: 'YJ-LQ-991122-001',
      type: 'predictive',
      state: 'received',
      priority: 'high',
      failureModeKey: 'AC-01',
      verification: 'pending',
    })

    const params = { ticketId: ticket.id }
    const [before] = (await desk(getTicketEvidence, { params })).items
    expect(before?.frozen).toBe(false)
    expect(before?.ruleText.zh).toBe('排气温度 ≥ 100.0 / 105.0 °C，持续 15 秒，仅当运行状态 ≥ 1')
    expect(before?.trends[0]?.signalKey).toBe('discharge_temperature')
    expect(before?.trends[0]?.times.at(-1)).toBeLessThanOrEqual(raisedMs)
    expect(before?.likelyFailures[0]).toMatchObject({ key: 'AC-01' })

    clock.advance(10 * minute)
    await freezeEvidence(deps, { evidenceId: before?.id ?? '' })
    const [after] = (await desk(getTicketEvidence, { params })).items
    expect(after).toMatchObject({ frozen: true, to: raisedMs + 10 * minute, repairs: before?.repairs })
    expect(after?.trends[0]?.times.at(-1)).toBeGreaterThan(raisedMs)
    expect(after?.quality.readings).toBeGreaterThan(before?.quality.readings ?? Infinity)

    await db
      .update(ticketEvidence)
      .set({ toMs: 0 })
      .where(eq(ticketEvidence.id, before?.id ?? ''))
    await freezeEvidence(deps, { evidenceId: before?.id ?? '' })
    expect((await desk(getTicketEvidence, { params })).items[0]?.to).toBe(0)
  })

  it('stands in the life of its machine with its level and what it suggests', async () => {
    const desk = await as('desk')
    const { items } = await desk(getAssetTimeline, { params: { assetId: company.assetLinqing }, querystring: {} })
    expect(items.find(({ kind }) => kind === 'alarm')?.title).toEqual({
      zh: '排气温度高报，疑似风机故障',
      en: '排气温度: high alarm, likely 风机故障',
    })
  })

  it('of the same failure joins the open ticket; one that gets worse raises its priority once', async () => {
    const second = await raise({ raisedMs: raisedMs + minute })
    await openTicketForAlarm(deps, { alarmId: second })
    const changeId = uuidv7()
    await db
      .insert(alarmChanges)
      .values({ id: changeId, alarmId: second, atMs: raisedMs + 2 * minute, level: 'high-high', value: 105.2 })
    await followAlarm(deps, { alarmId: second, changeId })
    await followAlarm(deps, { alarmId: second, changeId })
    const all = await db.select().from(tickets)
    expect(all).toHaveLength(1)
    const ticket = await (await as('desk'))(getTicket, { params: { ticketId: all[0]?.id ?? '' } })
    expect(ticket.priority).toBe('urgent')
    expect(ticket.version).toBe(2)
    expect(ticket.alarmIds).toHaveLength(2)
    expect(ticket.events.filter(({ kind }) => kind === 'alarm')).toHaveLength(2)
  })

  it('gives the engineer a brief: why, since when, the week, likely causes with parts on the van', async () => {
    const [ticket] = await db.select().from(tickets)
    await db.update(tickets).set({ engineerId: company.wang })
    const brief = await (await as('engineer'))(getBrief, { params: { ticketId: ticket?.id ?? '' } })
    expect(brief.since).toBe(new Date(raisedMs).toISOString())
    expect(brief.trends[0]?.limits).toMatchObject({ h: 100, hh: 105 })
    expect(brief.likelyFailures[0]?.key).toBe('AC-01')
    expect(brief.parts).toContainEqual(expect.objectContaining({ partCode: 'A5', onVan: '1' }))
    expect(brief.site.access.gate).toBe('东门登记')
    await expect(
      (await as('engineer-suzhou'))(getBrief, { params: { ticketId: ticket?.id ?? '' } }),
    ).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('a machine and people at the same moment', () => {
  const asset = { assetId: company.assetDongguan, signalId: company.temperatureDongguan }
  let minutes = 0
  const alarm = (more: Partial<typeof alarmEpisodes.$inferInsert> = {}) =>
    raise({ ...asset, raisedMs: raisedMs + ++minutes * minute, ...more })
  const ticketOf = async (alarmId: string) => {
    const [row] = await db
      .select({ ticket: tickets })
      .from(alarmEpisodes)
      .innerJoin(tickets, eq(tickets.id, alarmEpisodes.ticketId))
      .where(eq(alarmEpisodes.id, alarmId))
    if (!row) throw new Error('the alarm has no ticket')
    return row.ticket
  }
  const openTicket = async () => {
    const alarmId = await alarm()
    await openTicketForAlarm(deps, { alarmId })
    return ticketOf(alarmId)
  }
  const cancel = async ({ id, version }: { id: string; version: number }) =>
    (await as('desk'))(transitionTicket, {
      params: { ticketId: id },
      body: { action: 'cancel', reason: '误报', expectedVersion: version },
    })

  it('an alarm never ends on a ticket that a person was just closing', async () => {
    for (let round = 0; round < 5; round++) {
      const ticket = await openTicket()
      const alarmId = await alarm({ level: 'high-high' })
      const [cancelled] = await Promise.allSettled([cancel(ticket), openTicketForAlarm(deps, { alarmId })])
      const its = await ticketOf(alarmId)
      expect(its.state).toBe('received')
      expect(its.priority).toBe('urgent')
      // Who came first decides: a new ticket, or the same one, and the person is told to look again.
      expect(its.id === ticket.id).toBe(cancelled.status === 'rejected')
      if (cancelled.status === 'rejected')
        expect(cancelled.reason).toMatchObject({ problem: { code: 'resource/stale' } })
      await cancel(its)
    }
  })

  it('a ticket is not opened again beside the one that the machine raised since', async () => {
    const first = await openTicket()
    await db.update(tickets).set({ state: 'closed' }).where(eq(tickets.id, first.id))
    const second = await openTicket()
    expect(second.id).not.toBe(first.id)
    const reopen = (await as('desk'))(transitionTicket, {
      params: { ticketId: first.id },
      body: { action: 'reopen', reason: '又报警', expectedVersion: first.version },
    })
    await expect(reopen).rejects.toMatchObject({
      status: 409,
      problem: { code: 'ticket/illegal-transition', context: { number: second.number } },
    })
    await cancel(second)
  })

  it('two tickets that are merged into each other end as one', async () => {
    const fan = await openTicket()
    const alarmId = await alarm({ failureModeId: company.separatorClogged })
    await openTicketForAlarm(deps, { alarmId })
    const separator = await ticketOf(alarmId)
    const desk = await as('desk')
    const merge = (from: typeof fan, into: typeof fan) =>
      desk(mergeTicket, {
        params: { ticketId: from.id },
        body: { intoTicketId: into.id, expectedVersion: from.version },
      })
    const results = await Promise.allSettled([merge(fan, separator), merge(separator, fan)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const open = await db
      .select()
      .from(tickets)
      .where(and(eq(tickets.assetId, company.assetDongguan), eq(tickets.state, 'received')))
    expect(open).toHaveLength(1)
    expect((await ticketOf(alarmId)).id).toBe(open[0]?.id)
    if (open[0]) await cancel(open[0])
  })

  it('an alarm that gets worse after its ticket was finished raises one again, once', async () => {
    const ticket = await openTicket()
    const [episode] = await db.select().from(alarmEpisodes).where(eq(alarmEpisodes.ticketId, ticket.id))
    const alarmId = episode?.id ?? ''
    await cancel(ticket)
    const change = async (level: 'high' | 'high-high', seconds: number) => {
      const changeId = uuidv7()
      const at = { atMs: raisedMs + seconds * 1_000, value: 105.2 }
      await db.insert(alarmChanges).values({ id: changeId, alarmId, level, ...at })
      await followAlarm(deps, { alarmId, changeId })
      await followAlarm(deps, { alarmId, changeId })
    }
    await change('high', 1)
    expect((await ticketOf(alarmId)).id).toBe(ticket.id)
    await db.update(alarmEpisodes).set({ level: 'high-high' }).where(eq(alarmEpisodes.id, alarmId))
    await change('high-high', 2)
    const again = await ticketOf(alarmId)
    expect(again).toMatchObject({ state: 'received', priority: 'urgent' })
    expect(again.id).not.toBe(ticket.id)
    expect(await db.select().from(ticketEvidence).where(eq(ticketEvidence.alarmId, alarmId))).toHaveLength(2)
    await cancel(again)
  })

  it('evidence of an alarm found late freezes when the readings behind it are in the store', async () => {
    const alarmId = await alarm({ raisedMs: raisedMs - 24 * 60 * minute, late: true })
    await openTicketForAlarm(deps, { alarmId })
    const [evidence] = await db.select().from(ticketEvidence).where(eq(ticketEvidence.alarmId, alarmId))
    expect(evidence?.freezesAt.getTime()).toBeGreaterThan(clock.now())
  })
})
