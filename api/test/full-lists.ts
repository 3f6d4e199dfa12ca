import { createTicket } from '@fettle/contracts/tickets'
import type { Call } from '@fettle/contracts/client'
import type { Db } from '@fettle/db/client'
import { maintenanceWindows } from '@fettle/db/schema/assets'
import { deadLetters, gateways } from '@fettle/db/schema/devices'
import { stockMovements } from '@fettle/db/schema/parts'
import { alarmEpisodes, rules, ruleVersions } from '@fettle/db/schema/rules'
import { visits } from '@fettle/db/schema/tickets'
import { uuidv7 } from '@fettle/platform/ids'
import type { smallCompany } from './small-company.ts'

type Company = Awaited<ReturnType<typeof smallCompany>>

/** What a company has after a while, three of each: tickets and visits, alarms, rules, gateways, windows and movements. */
export async function fillLists(db: Db, company: Company, desk: Call): Promise<void> {
  const at = new Date('2026-11-01T08:00:00Z')
  const hour = 3_600_000
  const three = [0, 1, 2]
  const after = (hours: number) => new Date(at.getTime() + hours * hour)
  const noLimits = { hh: null, h: null, l: null, ll: null }

  await db.insert(gateways).values(three.map((n) => ({ id: uuidv7(), key: `GW-${n}`, siteId: company.siteLinqing })))
  const letter = {
    receivedAt: at,
    source: 'GW-0',
    topic: 't',
    code: 'payload/malformed',
    detail: 'x',
    payload: '',
  } as const
  await db.insert(deadLetters).values(three.map(() => ({ ...letter, readings: 1 })))
  await db.insert(maintenanceWindows).values(
    three.map((n) => ({
      id: uuidv7(),
      assetId: company.assetLinqing,
      fromMs: after(n).getTime(),
      toMs: after(n + 1).getTime(),
      reason: `保养 ${n}`,
      createdAt: at,
      createdBy: '王振国',
    })),
  )
  await db.insert(stockMovements).values(
    three.map((n) => ({
      id: uuidv7(),
      kind: 'receipt' as const,
      partId: company.oilFilter,
      quantity: `${n + 1}`,
      toLocationId: company.branchStore,
      unitCostCents: 11_000,
      at,
      by: '库管',
    })),
  )

  const ruleIds = three.map(() => uuidv7())
  const rule = { failureModeId: company.fanFailure, version: 1, changedAt: at }
  // One of a machine, two of a model, which have their places in the same order.
  await db.insert(rules).values(
    ruleIds.map((id, n) => ({
      ...rule,
      ...(n === 0 ? { assetId: company.assetLinqing } : { modelId: company.model }),
      id,
      key: `rule-${n}`,
    })),
  )
  const times = { onDelayMs: 0, offDelayMs: 0, latenessMs: 30_000, startupMs: 0 }
  const definition = {
    kind: 'threshold',
    signalKey: 't',
    limits: noLimits,
    band: 0,
    whileRunning: false,
    ...times,
  } as const
  await db.insert(ruleVersions).values(ruleIds.map((ruleId) => ({ ruleId, version: 1, definition, createdAt: at })))
  await db.insert(alarmEpisodes).values(
    ruleIds.map((ruleId) => ({
      id: uuidv7(),
      ruleId,
      ruleVersion: 1,
      assetId: company.assetLinqing,
      signalId: company.temperature,
      failureModeId: company.fanFailure,
      raisedMs: at.getTime(),
      clearedMs: after(1).getTime(),
      level: 'high' as const,
      peakLevel: 'high-high' as const,
      limit: 100,
      peakLimit: 105,
      value: 100.4,
      peakValue: 108,
      late: false,
      recordedAt: at,
    })),
  )

  for (const n of three) {
    const fault = { type: 'repair', source: 'phone', priority: 'normal', title: `异响 ${n}`, description: '' } as const
    const { ticket } = await desk(createTicket, { body: { ...fault, assetId: company.assetLinqing } })
    const planned = { state: 'planned' as const, plannedStart: after(10), plannedEnd: after(12) }
    const done = { workHours: '2.50', travelHours: '1.00', travelKm: '110.00' }
    await db.insert(visits).values({ id: uuidv7(), ticketId: ticket.id, engineerId: company.wang, ...planned, ...done })
  }
}
