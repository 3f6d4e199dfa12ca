import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { benchPlant, type BenchDevice } from './bench-plant.ts'
import { machine, percentile, rounded, type BenchReport } from './machine.ts'

const hour = 3_600_000
const day = 24 * hour
const endMs = Date.UTC(2026, 10, 22)

export interface QueryBenchOptions {
  signals?: number
  /** Between two readings of a signal. */
  everyMs?: number
  queries?: number
}

/** How long trends take from PostgreSQL after 30 days: packed hours, 500 buckets, signals in turn. `p50Ms` … are of 30 days. */
export async function benchQuery(options: QueryBenchOptions = {}): Promise<BenchReport> {
  const { signals = 10, everyMs = 10_000, queries = 200 } = options
  const plant = await benchPlant(1, signals)
  try {
    const { database, devices } = plant
    const [device] = devices
    if (!device) throw new Error('there is no device')
    const store = createPostgresStore({ database })
    const points = await fill(store, device, everyMs)
    const sinceMs = performance.now()
    await store.maintain(endMs + day, new AbortController().signal)
    const packMs = performance.now() - sinceMs
    await database.pool.query('vacuum (full, analyze) telemetry_chunks')
    const { rows } = await database.pool.query<{ bytes: number }>(
      "select pg_total_relation_size('telemetry_chunks') as bytes",
    )
    const month = await timed(store, device, 30 * day, queries)
    const week = await timed(store, device, 7 * day, queries)
    const oneHour = await timed(store, device, hour, queries)
    return {
      name: 'query',
      figures: {
        p50Ms: percentile(month, 0.5),
        p95Ms: percentile(month, 0.95),
        p99Ms: percentile(month, 0.99),
        weekP50Ms: percentile(week, 0.5),
        weekP95Ms: percentile(week, 0.95),
        hourP50Ms: percentile(oneHour, 0.5),
        hourP95Ms: percentile(oneHour, 0.95),
        points,
        signals,
        buckets,
        bytesPerPoint: rounded((rows[0]?.bytes ?? NaN) / points, 1),
        packedPointsPerSecond: Math.round((points * 1_000) / packMs),
      },
      machine: machine(),
    }
  } finally {
    await plant.dispose()
  }
}

const buckets = 500

async function fill(store: TelemetryStore, device: BenchDevice, everyMs: number): Promise<number> {
  const perHour = hour / everyMs
  let position = 0
  for (let at = endMs - 30 * day; at < endMs; at += hour) {
    const { assetId, customerId, siteId, modelId } = device
    const entries = device.signals.map(({ series }) => ({
      position: position++,
      entry: {
        assetId,
        customerId,
        siteId,
        modelId,
        receivedAtMs: at,
        source: { kind: 'device' as const, key: device.key },
        series: new Int32Array(perHour).fill(series),
        timesMs: Float64Array.from({ length: perHour }, (_, i) => at + i * everyMs),
        values: Float64Array.from({ length: perHour }, () => Math.round(7_000 + 500 * Math.random()) / 100),
        qualities: new Uint8Array(perHour),
      },
    }))
    await store.write(entries)
  }
  return device.signals.length * perHour * 30 * 24
}

async function timed(store: TelemetryStore, device: BenchDevice, spanMs: number, queries: number): Promise<number[]> {
  const tookMs: number[] = []
  for (let i = -5; i < queries; i++) {
    const signalId = device.signals[Math.abs(i) % device.signals.length]?.id ?? ''
    const toMs = endMs - Math.floor(Math.random() * (30 * day - spanMs + 1))
    const sinceMs = performance.now()
    const { times } = await store.history({ signalId, fromMs: toMs - spanMs, toMs, buckets })
    if (times.length === 0) throw new Error('the history is empty')
    if (i >= 0) tookMs.push(performance.now() - sinceMs) // the first few only warm up
  }
  return tookMs
}
