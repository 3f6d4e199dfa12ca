import { openTicketForAlarm } from '@fettle/api/jobs/open-ticket'
import { reportFault } from '@fettle/api/tickets/commands'
import type { Database } from '@fettle/db/client'
import { assets, models, signals } from '@fettle/db/schema/assets'
import { alarmEpisodes, rules } from '@fettle/db/schema/rules'
import { fleet } from '@fettle/devices-sim/fleet'
import { machinesAt } from '@fettle/devices-sim/fleet/spec'
import { fakeClock } from '@fettle/platform/clock'
import { uuidv7 } from '@fettle/platform/ids'
import { createLogger } from '@fettle/platform/logging'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { and, eq, like } from 'drizzle-orm'
import { livePast } from '../../src/demo/past-life.ts'
import { seedDemo } from '../../src/demo/seed.ts'

const minuteMs = 60_000
export const pastMs = 120 * minuteMs
/** Readings reach a little ahead, so that machines are online for as long as a test may take. */
const aheadMs = 9 * minuteMs

export const textSignal = { assetKey: 'VMC850-2107-0031', key: 'program' } as const
export const alarmed = { assetKey: 'AC75-2403-0117', signalKey: 'discharge_temperature' } as const
export const warned = { assetKey: 'VMC850-2107-0032', signalKey: 'spindle_vibration' } as const
/** Of the fleet, whose link has been down for three quarters of an hour. */
export const silent = 'CH1000-2108-0009'

/**
 * The demonstration with the last two hours of all its machines in the store: one machine has a grave alarm and its ticket,
 * another had a small one that cleared, a third has an old ticket past its promise, and one measures a text.
 */
export async function fillFleet(database: Database, store: TelemetryStore, nowMs: number): Promise<void> {
  await seedDemo(database, new Date(nowMs))
  await writeReadings(database, store, nowMs)
  await writeTexts(database, store, nowMs)
  const raised = await addAlarm(database, {
    ...alarmed,
    raisedMs: nowMs - 10 * minuteMs,
    clearedMs: null,
    level: 'high-high',
  })
  await addAlarm(database, {
    ...warned,
    raisedMs: nowMs - 90 * minuteMs,
    clearedMs: nowMs - 80 * minuteMs,
    level: 'high',
  })
  await openTicketForAlarm(
    {
      database,
      telemetry: store,
      clock: fakeClock(nowMs - 9 * minuteMs),
      logger: createLogger({ name: 'test', level: 'silent' }),
      version: 'test',
      demoAccounts: [],
      webRoot: null,
    },
    { alarmId: raised },
  )
  await reportOldFault(database, new Date(nowMs - 9 * 24 * 60 * minuteMs))
}

async function writeReadings({ db }: Database, store: TelemetryStore, nowMs: number): Promise<void> {
  let position = 0
  for (const site of fleet) {
    for (const spec of machinesAt(site)) {
      const [row] = await db.select().from(assets).where(eq(assets.key, spec.deviceKey))
      if (!row) throw new Error(`${spec.deviceKey} is not in the demonstration`)
      const measured = await db.select().from(signals).where(eq(signals.assetId, row.id))
      const seriesOf = new Map(measured.map(({ key, series }) => [key, series]))
      const toMs = spec.outage ? nowMs - spec.outage.sinceMs : nowMs + aheadMs
      const span = { fromMs: nowMs - pastMs, toMs, stepMs: 10_000, everyMs: 10_000 }
      const columns = await livePast({ site, spec, span, seriesOf, signal: new AbortController().signal })
      if (!columns) throw new Error('the past was broken off')
      const { id: assetId, customerId, siteId, modelId } = row
      const source = { kind: 'device', key: spec.deviceKey } as const
      const entry = { assetId, customerId, siteId, modelId, receivedAtMs: nowMs, source, ...columns }
      await store.write([{ position: position++, entry }])
    }
  }
}

async function writeTexts({ db }: Database, store: TelemetryStore, nowMs: number): Promise<void> {
  const [asset] = await db.select().from(assets).where(eq(assets.key, textSignal.assetKey))
  if (!asset) throw new Error(`${textSignal.assetKey} is not in the demonstration`)
  const { id: assetId, customerId, siteId, modelId } = asset
  const [signal] = await db
    .insert(signals)
    .values({
      id: uuidv7(),
      assetId,
      key: textSignal.key,
      name: { zh: '程序号', en: 'Program' },
      kind: 'text',
      unit: '',
      decimals: 0,
      limits: { hh: null, h: null, l: null, ll: null },
    })
    .returning()
  const programs = ['O1201 座圈', 'O1202 套圈', 'O1201 座圈']
  const count = programs.length
  await store.write([
    {
      position: 1_000,
      entry: {
        assetId,
        customerId,
        siteId,
        modelId,
        receivedAtMs: nowMs,
        source: { kind: 'device', key: textSignal.assetKey },
        series: new Int32Array(count).fill(signal?.series ?? 0),
        timesMs: Float64Array.from(programs, (_, index) => nowMs - (60 - 20 * index) * minuteMs),
        values: new Float64Array(count).fill(Number.NaN),
        qualities: new Uint8Array(count),
        texts: new Map(programs.map((program, index) => [index, program])),
      },
    },
  ])
}

interface AlarmFacts {
  readonly assetKey: string
  readonly signalKey: string
  readonly raisedMs: number
  readonly clearedMs: number | null
  readonly level: 'high' | 'high-high'
}

async function addAlarm({ db }: Database, { assetKey, signalKey, raisedMs, clearedMs, level }: AlarmFacts) {
  const [found] = await db
    .select({ asset: assets, signal: signals, rule: rules })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .innerJoin(signals, and(eq(signals.assetId, assets.id), eq(signals.key, signalKey)))
    .innerJoin(rules, eq(rules.modelId, models.id))
    .where(and(eq(assets.key, assetKey), like(rules.key, `%.${signalKey}%`)))
  if (!found) throw new Error(`${assetKey} has no rules, or no ${signalKey}`)
  const { limits } = found.signal
  const limit = (level === 'high' ? limits.h : limits.hh) ?? 0
  const id = uuidv7()
  await db.insert(alarmEpisodes).values({
    id,
    ruleId: found.rule.id,
    ruleVersion: found.rule.version,
    failureModeId: found.rule.failureModeId,
    assetId: found.asset.id,
    signalId: found.signal.id,
    raisedMs,
    clearedMs,
    level,
    peakLevel: level,
    limit,
    peakLimit: limit,
    value: limit * 1.01,
    peakValue: limit * 1.04,
    late: false,
    recordedAt: new Date(raisedMs),
  })
  return id
}

async function reportOldFault({ db }: Database, at: Date): Promise<void> {
  const [pump] = await db.select().from(assets).where(eq(assets.key, 'P100-2208-0302'))
  const desk = { id: uuidv7(), name: '客服', username: 'desk', role: 'desk', regionPrefix: '' } as const
  const actor = { ...desk, engineerId: null, customerId: null, branchId: null }
  await db.transaction((tx) =>
    reportFault(
      tx,
      actor,
      {
        assetId: pump?.id ?? '',
        type: 'repair',
        source: 'phone',
        priority: 'high',
        title: "机封漏水，'滴'成线",
        description: '',
      },
      at,
    ),
  )
}
