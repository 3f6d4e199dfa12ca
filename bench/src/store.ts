import { createInfluxStore } from '@fettle/telemetry/influx/influx-store'
import { prepareInflux } from '@fettle/telemetry/influx/prepare'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import type { PositionedEntry, TelemetryStore } from '@fettle/telemetry/store'
import { benchPlant, type BenchDevice } from './bench-plant.ts'
import { machine, rounded, type BenchReport } from './machine.ts'

export interface StoreBenchOptions {
  /** Measured beside PostgreSQL; the database is made and stays. */
  influx?: InfluxSettings
  devices?: number
  signalsPerDevice?: number
  /** Readings of one writing, as the store writer gathers them. */
  readingsPerWrite?: number
  writes?: number
}

const readingsPerMessage = 100

/** Readings a second into each store, one writing after the other as the store writer does it; without the way there. */
export async function benchStore(options: StoreBenchOptions = {}): Promise<BenchReport> {
  const { influx, devices = 50, signalsPerDevice = 10, readingsPerWrite = 20_000, writes = 50 } = options
  const plant = await benchPlant(devices, signalsPerDevice)
  const { database } = plant
  const batches = Array.from({ length: writes }, (_, write) => batchOf(plant.devices, write, readingsPerWrite))
  const points = writes * readingsPerWrite
  try {
    const inPostgres = await measured(createPostgresStore({ database }), batches, points)
    const figures: Record<string, number> = {
      points,
      readingsPerWrite,
      signals: devices * signalsPerDevice,
      postgresPointsPerSecond: inPostgres.pointsPerSecond,
      postgresCpuMicrosPerPoint: inPostgres.cpuMicrosPerPoint,
    }
    if (influx) {
      await prepareInflux(influx)
      const store = createInfluxStore({ database, influx })
      const inInflux = await measured(store, batches, points).finally(() => store.close())
      figures['influxPointsPerSecond'] = inInflux.pointsPerSecond
      figures['influxCpuMicrosPerPoint'] = inInflux.cpuMicrosPerPoint
      figures['ratio'] = rounded(inInflux.pointsPerSecond / inPostgres.pointsPerSecond)
    }
    return { name: 'store', figures, machine: machine() }
  } finally {
    await plant.dispose()
  }
}

async function measured(store: TelemetryStore, batches: readonly PositionedEntry[][], points: number) {
  const cpu = process.cpuUsage()
  const sinceMs = performance.now()
  for (const entries of batches) await store.write(entries)
  const tookMs = performance.now() - sinceMs
  const { user, system } = process.cpuUsage(cpu)
  return {
    pointsPerSecond: Math.round((points * 1_000) / tookMs),
    cpuMicrosPerPoint: rounded((user + system) / points),
  }
}

function batchOf(devices: readonly BenchDevice[], write: number, readings: number): PositionedEntry[] {
  const startMs = Date.UTC(2026, 10, 22) + write * 60_000
  return Array.from({ length: readings / readingsPerMessage }, (_, message): PositionedEntry => {
    const device = devices[message % devices.length]
    if (!device) throw new Error('there is no device')
    const { signals, key, assetId, customerId, siteId, modelId } = device
    const round = Math.floor(message / devices.length) * readingsPerMessage
    const each = Array.from({ length: readingsPerMessage }, (_, i) => i)
    return {
      position: write * readings + message,
      entry: {
        assetId,
        customerId,
        siteId,
        modelId,
        receivedAtMs: startMs,
        source: { kind: 'device', key },
        series: Int32Array.from(each, (i) => signals[i % signals.length]?.series ?? 0),
        timesMs: Float64Array.from(each, (i) => startMs + round + i),
        values: Float64Array.from(each, () => Math.round(7_000 + 500 * Math.random()) / 100),
        qualities: new Uint8Array(readingsPerMessage),
      },
    }
  })
}
