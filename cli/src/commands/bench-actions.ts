import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BenchReport } from '@fettle/bench/machine'
import { influxSettings } from '@fettle/telemetry/influx/settings'
import { demoPassword } from '../demo/accounts.ts'
import { startInstance } from '../instance/instance.ts'
import { silentProgress } from '../instance/progress.ts'
import { loadSettings } from '../settings.ts'
import type { BenchName } from './bench-names.ts'

const benches: Readonly<Record<BenchName, () => Promise<BenchReport>>> = {
  ingest: async () => (await import('@fettle/bench/ingest')).benchIngest(),
  latency,
  query: async () => (await import('@fettle/bench/query')).benchQuery(),
  store,
}

export async function runBench(name: BenchName, { json = false }: { json?: boolean }): Promise<void> {
  const report = await benches[name]()
  console.log(json ? JSON.stringify(report) : readable(report))
}

/** On a demonstration of its own in this process, on free ports, without the web. */
async function latency(): Promise<BenchReport> {
  const { benchLatency } = await import('@fettle/bench/latency')
  const folder = await mkdtemp(path.join(tmpdir(), 'fettle-bench-'))
  await chmod(folder, 0o755) // PostgreSQL may have to run as another user
  const ownPlace = {
    FETTLE_DATA: path.join(folder, 'data'),
    FETTLE_HTTP_PORT: '0',
    FETTLE_MQTT_PORT: '0',
    FETTLE_SIM_PORT: '0',
    FETTLE_DEMO_HISTORY_DAYS: '0',
  }
  const settings = loadSettings(ownPlace)
  try {
    const instance = await startInstance({ settings, demo: true, serveWeb: false, progress: silentProgress })
    try {
      const { url, databaseUrl, simUrl = '' } = instance
      return await benchLatency({ url, databaseUrl, simUrl, username: 'admin', password: demoPassword })
    } finally {
      await instance.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** InfluxDB is measured too when the environment names one. */
async function store(): Promise<BenchReport> {
  const { benchStore } = await import('@fettle/bench/store')
  const influx = influxSettings(loadSettings())
  return benchStore(influx ? { influx } : {})
}

function readable({ name, figures, where = {}, machine }: BenchReport): string {
  const rows = (record: Readonly<Record<string, number>>) =>
    Object.entries(record).map(([key, value]) => `  ${key.padEnd(24)}${value.toLocaleString('en')}`)
  const { cpu, cores, memoryMiB, node } = machine
  const shares = Object.keys(where).length > 0 ? ['where the CPU time goes, %', ...rows(where)] : []
  return [name, ...rows(figures), ...shares, `on ${cores} × ${cpu}, ${memoryMiB} MiB, Node ${node}`].join('\n')
}
