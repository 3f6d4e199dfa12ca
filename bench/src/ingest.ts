import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { openSegmentFileLog } from '@fettle/bus/segment-file-log'
import { createIngest, type Ingest } from '@fettle/ingest/ingest'
import { systemClock } from '@fettle/platform/clock'
import { delay } from '@fettle/platform/retry'
import { decodeLogEntry } from '@fettle/telemetry/log-entry'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import { benchPlant, type BenchPlant } from './bench-plant.ts'
import { profiled, type Part } from './cpu-profile.ts'
import type { LoadPlan } from './ingest-load.ts'
import { machine, rounded, type BenchReport } from './machine.ts'

export interface IngestBenchOptions {
  devices?: number
  signalsPerDevice?: number
  readingsPerMessage?: number
  messagesPerDevice?: number
}

const parts: readonly Part[] = [
  ['decode and judge JSON', /ingest\/(src|dist)\/(take|refusals)|domain\/(src|dist)\/uplink/],
  ['encode for the log', /ingest\/(src|dist)\/entry-builder|telemetry\/(src|dist)\/log-entry/],
  ['log and fsync', /segment-log|packages\/bus\//],
  ['store', /store-writer|consumer-positions|telemetry\/(src|dist)\/postgres|node_modules\/(pg|drizzle-orm|postgres-)/],
  ['second consumer', /bench\/(src|dist)\/ingest/],
  ['MQTT', /node_modules\/(aedes|mqtt|mqemitter|bl|qlobber|fastparallel)|ingest\/(src|dist)\/broker/],
  ['uplink', /ingest\/(src|dist)\//],
]

/**
 * Readings a second from MQTT (QoS 1, 100 readings a message) through the log, fsynced before each PUBACK, until they are both
 * in PostgreSQL and seen by a second consumer that stands for the rules. The load comes from a process of its own; CPU and memory
 * are those of the process with broker, ingest and store writer, and PostgreSQL's CPU is not in them.
 */
export async function benchIngest(options: IngestBenchOptions = {}): Promise<BenchReport> {
  const { devices = 50, signalsPerDevice = 10, readingsPerMessage = 100, messagesPerDevice = 300 } = options
  const plant = await benchPlant(devices, signalsPerDevice)
  const log = await openSegmentFileLog({ dir: join(plant.folder, 'log'), partitions: 4 })
  const ingest = ingestOf(plant, log)
  await ingest.start()
  const seen = countReadings(log)
  const warmUp = Math.ceil(messagesPerDevice / 10)
  const load = startLoad({
    url: ingest.mqttUrl,
    devices: plant.devices.map(({ key, secret, signals }) => ({
      key,
      secret,
      signals: signals.map((each) => each.key),
    })),
    messagesPerDevice,
    readingsPerMessage,
    window: 4,
    startMs: Date.now() - 86_400_000,
  })
  try {
    await load.says('ready')
    const points = devices * messagesPerDevice * readingsPerMessage
    const warm = devices * warmUp * readingsPerMessage
    load.begin()
    await until(() => seen.count >= warm)
    const measured = points - seen.count
    const cpu = process.cpuUsage()
    const sinceMs = performance.now()
    let durableMs = 0
    const where = await profiled(parts, async () => {
      await load.says('done')
      durableMs = performance.now() - sinceMs
      await until(async () => seen.count >= points && (await ingest.stats()).writer.readings >= points)
    })
    const tookMs = performance.now() - sinceMs
    const { user, system } = process.cpuUsage(cpu)
    return {
      name: 'ingest',
      figures: {
        pointsPerSecond: Math.round((measured * 1_000) / tookMs),
        durablePointsPerSecond: Math.round((measured * 1_000) / durableMs),
        cpuMicrosPerPoint: rounded((user + system) / measured),
        peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1_024),
        points: measured,
        readingsPerMessage,
        devices,
        signals: devices * signalsPerDevice,
      },
      where,
      machine: machine(),
    }
  } finally {
    load.kill()
    await ingest.stop()
    seen.stop()
    await log.close()
    await plant.dispose()
  }
}

function ingestOf({ database, logger }: BenchPlant, log: PartitionedLog): Ingest {
  const store = createPostgresStore({ database })
  return createIngest({ log, store, database, mqtt: { host: '127.0.0.1', port: 0 }, clock: systemClock, logger })
}

/** Reads the log beside the store writer, as the rules do. */
function countReadings(log: PartitionedLog) {
  const ending = new AbortController()
  const counter = { count: 0, stop: () => ending.abort() }
  for (let partition = 0; partition < log.partitions; partition++) {
    void log.consume({ partition, from: 'start', signal: ending.signal }, async ({ records }) => {
      for (const { payload } of records) counter.count += decodeLogEntry(payload).series.length
    })
  }
  return counter
}

function startLoad(plan: LoadPlan) {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(isSource ? './ingest-load.ts' : './ingest-load.js', import.meta.url))
  const flags = isSource ? ['--conditions=source', '--import', 'tsx'] : []
  const child: ChildProcess = spawn(process.execPath, [...flags, file, JSON.stringify(plan)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exited = once(child, 'exit').then(([code]) => {
    if (!said.includes('done')) throw new Error(`the load process ended early, with code ${String(code)}`)
  })
  exited.catch(() => {})
  return {
    says: (word: string) => Promise.race([until(() => said.includes(word)), exited]),
    begin: () => void child.stdin?.write('\n'),
    kill: () => void child.kill('SIGKILL'),
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(5)
}
