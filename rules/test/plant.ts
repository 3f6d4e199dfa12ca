import { openSegmentFileLog } from '@fettle/bus/segment-file-log'
import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import type { ThresholdDefinition } from '@fettle/contracts/rules'
import type { Db } from '@fettle/db/client'
import { assets, failureModes, models, signals } from '@fettle/db/schema/assets'
import { consumerPositions } from '@fettle/db/schema/devices'
import { customers, regions, sites } from '@fettle/db/schema/organisation'
import { alarmChanges, alarmEpisodes, ruleSnapshots, ruleVersions, rules } from '@fettle/db/schema/rules'
import { uuidv7 } from '@fettle/platform/ids'
import { encodeLogEntry, type LogEntry } from '@fettle/telemetry/log-entry'
import { asc, eq, sql } from 'drizzle-orm'

export const startMs = Date.UTC(2026, 10, 22, 3)
const text = (words: string) => ({ zh: words, en: words })
const noLimits = { hh: null, h: null, l: null, ll: null }

export const signalKeys = ['run_state', 'discharge_temperature', 'discharge_pressure'] as const
type SignalKey = (typeof signalKeys)[number]

export const temperatureRule: ThresholdDefinition = {
  kind: 'threshold',
  signalKey: 'discharge_temperature',
  limits: { hh: 105, h: 100, l: null, ll: null },
  band: 2,
  onDelayMs: 15_000,
  offDelayMs: 30_000,
  latenessMs: 30_000,
  whileRunning: true,
  startupMs: 0,
}

export const pressureRule: ThresholdDefinition = {
  ...temperatureRule,
  signalKey: 'discharge_pressure',
  limits: { hh: null, h: null, l: 0.55, ll: 0.5 },
  band: 0.02,
  onDelayMs: 10_000,
}

export interface Machine {
  readonly assetId: string
  readonly modelId: string
  readonly series: Record<SignalKey, number>
}

/** A compressor at a customer of its own, of a model of its own unless `like` is given. */
export async function addMachine(db: Db, like?: Machine): Promise<Machine> {
  const [modelId, customerId, siteId, assetId] = [like?.modelId ?? uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const key = `AC75-${assetId.slice(-12)}`
  await db
    .insert(regions)
    .values({ code: '371581', name: text('临清'), letters: 'LQ' })
    .onConflictDoNothing()
  const model = {
    id: modelId,
    key,
    family: 'AC',
    name: text('AC75'),
    manufacturer: '沃衡装备',
    specification: [],
    signals: [],
    runStateSignal: 'run_state',
  }
  await db.insert(models).values(model).onConflictDoNothing()
  await db
    .insert(customers)
    .values({ id: customerId, key, name: '鼎轴轴承', city: '临清', tier: 'platinum', terms: '' })
  await db.insert(sites).values({
    id: siteId,
    customerId,
    name: '一厂',
    regionCode: '371581',
    address: '',
    latitude: 36.8,
    longitude: 115.7,
    gate: '',
    safetyTraining: false,
    contactName: '',
    contactPhone: '',
  })
  await db.insert(assets).values({ id: assetId, key, serial: key, name: key, modelId, customerId, siteId })
  const made = await db
    .insert(signals)
    .values(
      signalKeys.map((signalKey) => ({
        id: uuidv7(),
        assetId,
        key: signalKey,
        name: text(signalKey),
        unit: '',
        decimals: 1,
        limits: noLimits,
      })),
    )
    .returning({ key: signals.key, series: signals.series })
  const series = Object.fromEntries(made.map((signal) => [signal.key, signal.series])) as Machine['series']
  return { assetId, modelId, series }
}

export interface RuleSubject {
  readonly key?: string
  readonly modelId?: string
  readonly assetId?: string
  readonly enabled?: boolean
}

/** Version 1 of a rule; returns its id. */
export async function addRule(db: Db, machine: Machine, definition: ThresholdDefinition, subject: RuleSubject = {}) {
  const { key = definition.signalKey, enabled = true } = subject
  const about = subject.assetId ? { assetId: subject.assetId } : { modelId: subject.modelId ?? machine.modelId }
  const [ruleId, failureModeId, now] = [uuidv7(), uuidv7(), new Date()]
  await db.insert(failureModes).values({
    id: failureModeId,
    key: `AC-${ruleId}`,
    modelId: machine.modelId,
    name: text('风机故障'),
    onSignals: text(''),
    causes: text(''),
    fix: text(''),
    signature: [],
    prior: 0.3,
    parts: [],
    standardHours: '2.5',
    persons: 1,
    skillLevel: 3,
  })
  await db.insert(rules).values({ id: ruleId, key, ...about, failureModeId, version: 1, enabled, changedAt: now })
  await db.insert(ruleVersions).values({ ruleId, version: 1, definition, createdAt: now })
  return ruleId
}

export async function changeRule(
  db: Db,
  ruleId: string,
  change: { definition?: ThresholdDefinition; enabled?: boolean },
) {
  await db.transaction(async (tx) => {
    const [rule] = await tx.select().from(rules).where(eq(rules.id, ruleId)).for('update')
    const version = rule!.version + (change.definition ? 1 : 0)
    const changedAt = new Date()
    if (change.definition) {
      await tx.insert(ruleVersions).values({ ruleId, version, definition: change.definition, createdAt: changedAt })
    }
    await tx
      .update(rules)
      .set({ version, changedAt, enabled: change.enabled ?? rule!.enabled })
      .where(eq(rules.id, ruleId))
  })
}

export type Reading = readonly [signal: SignalKey, seconds: number, value: number, quality?: 0 | 1 | 2]

export function entryOf({ assetId, modelId, series }: Machine, readings: readonly Reading[]): LogEntry {
  return {
    assetId,
    modelId,
    customerId: assetId,
    siteId: assetId,
    receivedAtMs: startMs,
    source: { kind: 'device', key: 'device' },
    series: Int32Array.from(readings, ([signal]) => series[signal]),
    timesMs: Float64Array.from(readings, ([, seconds]) => startMs + seconds * 1000),
    values: Float64Array.from(readings, ([, , value]) => value),
    qualities: Uint8Array.from(readings, ([, , , quality]) => quality ?? 0),
  }
}

export const publish = (log: PartitionedLog, machine: Machine, ...readings: Reading[]) =>
  log.append(0, encodeLogEntry(entryOf(machine, readings)))

/** One reading every five seconds, both ends included. */
export const stretch = (signal: SignalKey, from: number, to: number, value: number): Reading[] =>
  Array.from({ length: Math.floor((to - from) / 5) + 1 }, (_, index) => [signal, from + index * 5, value])

/** An empty log, and a database that was never read from. */
export async function freshLog(db: Db, dir: string): Promise<PartitionedLog> {
  await db.delete(ruleSnapshots)
  await db.delete(consumerPositions)
  return openSegmentFileLog({ dir })
}

const seconds = (ms: number | null) => (ms === null ? null : (ms - startMs) / 1000)

/** The episodes of a machine as `10s high → 40s`, with what came between. */
export async function episodesOf(db: Db, { assetId }: Machine) {
  const rows = await db
    .select()
    .from(alarmEpisodes)
    .where(eq(alarmEpisodes.assetId, assetId))
    .orderBy(asc(alarmEpisodes.raisedMs), asc(alarmEpisodes.id))
  const changes = await db.select().from(alarmChanges).orderBy(asc(alarmChanges.atMs))
  return rows.map((row) => ({
    ...row,
    raised: seconds(row.raisedMs),
    cleared: seconds(row.clearedMs),
    trail: changes
      .filter(({ alarmId }) => alarmId === row.id)
      .map(({ atMs, level }) => `${seconds(atMs)}s ${level ?? 'cleared'}`),
  }))
}

/** The jobs about the episodes of a machine, by name; each once, however often it was asked for. */
export async function jobsOf(db: Db, { assetId }: Machine): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ name: string; count: number }>(sql`
    select t.identifier as name, count(*)::int as count
    from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    join alarm_episodes e on e.id = (j.payload->>'alarmId')::uuid
    where e.asset_id = ${assetId} group by 1`)
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}
