import type { SignalKind } from '@fettle/contracts/telemetry'
import type { Db } from '@fettle/db/client'
import { assets, models, signals } from '@fettle/db/schema/assets'
import { customers, regions, sites } from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'
import type { LogEntry } from '../src/log-entry.ts'
import type { TelemetryStore } from '../src/store.ts'

/** What a conformance suite is run on. */
export interface ConformanceSetup {
  store: TelemetryStore
  /** Where the signals are. */
  db: Db
}

export interface Fixture {
  assetId: string
  customerId: string
  siteId: string
  modelId: string
  signals: { id: string; series: number }[]
}

/** An asset with signals, and all that it needs to exist. */
export async function assetWithSignals(db: Db, count: number, kind: SignalKind = 'number'): Promise<Fixture> {
  const [customerId, siteId, modelId, assetId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const name = { zh: '测试', en: 'test' }
  await db.insert(regions).values({ code: '371581', name, letters: 'LQ' }).onConflictDoNothing()
  await db
    .insert(customers)
    .values({ id: customerId, key: customerId, name: '鼎轴', city: '临清', tier: 'gold', terms: '' })
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
  await db.insert(models).values({
    id: modelId,
    key: modelId,
    family: 'AC',
    name,
    manufacturer: '沃衡',
    specification: [],
    signals: [],
    runStateSignal: 's0',
  })
  await db.insert(assets).values({ id: assetId, key: assetId, serial: '1', name: 'AC', modelId, customerId, siteId })
  const inserted = await db
    .insert(signals)
    .values(
      Array.from({ length: count }, (_, i) => ({
        id: uuidv7(),
        assetId,
        key: `s${i}`,
        name,
        kind,
        unit: '°C',
        decimals: 1,
        limits: { hh: null, h: null, l: null, ll: null },
      })),
    )
    .returning({ id: signals.id, series: signals.series })
  return { assetId, customerId, siteId, modelId, signals: inserted.toSorted((a, b) => a.series - b.series) }
}

export type Point = readonly [atMs: number, value: number | null, quality?: number]

/** One message of a device with readings of one signal. */
export function entryOf(
  { assetId, customerId, siteId, modelId }: Fixture,
  series: number,
  points: readonly Point[],
): LogEntry {
  return {
    assetId,
    customerId,
    siteId,
    modelId,
    receivedAtMs: 0,
    source: { kind: 'device', key: 'd' },
    series: new Int32Array(points.length).fill(series),
    timesMs: Float64Array.from(points, ([at]) => at),
    values: Float64Array.from(points, ([, value]) => value ?? NaN),
    qualities: Uint8Array.from(points, ([, value, quality = value === null ? 2 : 0]) => quality),
  }
}

export type TextPoint = readonly [atMs: number, text: string | null, quality?: number]

/** One message of a device with readings of one text signal. */
export function textEntryOf(fixture: Fixture, series: number, points: readonly TextPoint[]): LogEntry {
  const entry = entryOf(
    fixture,
    series,
    points.map(([at, text, quality = text === null ? 2 : 0]) => [at, null, quality]),
  )
  return { ...entry, texts: new Map(points.map(([, text], place) => [place, text])) }
}
