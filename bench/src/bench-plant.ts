import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '@fettle/db/client'
import { hashDeviceSecret, newDeviceSecret } from '@fettle/db/device-secret'
import { startEmbeddedPostgres } from '@fettle/db/embedded/embedded-postgres'
import { migrate } from '@fettle/db/migrate'
import { assets, models, signals } from '@fettle/db/schema/assets'
import { deviceCredentials } from '@fettle/db/schema/devices'
import { customers, regions, sites } from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'
import { createLogger, type Logger } from '@fettle/platform/logging'

export interface BenchDevice {
  key: string
  secret: string
  assetId: string
  customerId: string
  siteId: string
  modelId: string
  signals: { id: string; series: number; key: string }[]
}

export interface BenchPlant {
  /** Removed by `dispose`. */
  folder: string
  database: Database
  devices: BenchDevice[]
  logger: Logger
  dispose(): Promise<void>
}

/** The embedded PostgreSQL with its real settings in a folder of its own, and devices with their signals and credentials. */
export async function benchPlant(deviceCount: number, signalCount: number): Promise<BenchPlant> {
  const logger = createLogger({ name: 'bench', level: 'error', pretty: false, destination: process.stderr })
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bench-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), logger })
  await migrate({ url: postgres.url, logger })
  const database = openDatabase({ url: postgres.url, poolSize: 8, logger, applicationName: 'bench' })
  return {
    folder,
    database,
    devices: await addDevices(database, deviceCount, signalCount),
    logger,
    async dispose() {
      await database.close()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function addDevices({ db }: Database, deviceCount: number, signalCount: number): Promise<BenchDevice[]> {
  const [customerId, siteId, modelId] = [uuidv7(), uuidv7(), uuidv7()]
  const name = { zh: '测量', en: 'bench' }
  await db.insert(regions).values({ code: '000000', name, letters: 'BN' })
  await db.insert(customers).values({ id: customerId, key: 'bench', name: 'bench', city: '', tier: 'none', terms: '' })
  await db.insert(sites).values({
    id: siteId,
    customerId,
    name: 'bench',
    regionCode: '000000',
    address: '',
    latitude: 0,
    longitude: 0,
    gate: '',
    safetyTraining: false,
    contactName: '',
    contactPhone: '',
  })
  await db.insert(models).values({
    id: modelId,
    key: 'bench',
    family: 'AC',
    name,
    manufacturer: '',
    specification: [],
    signals: [],
    runStateSignal: 's0',
  })
  const keys = Array.from({ length: signalCount }, (_, i) => `s${i}`)
  const devices: BenchDevice[] = []
  for (let i = 0; i < deviceCount; i++) {
    const [assetId, key, secret] = [uuidv7(), `bench-${i}`, newDeviceSecret()]
    await db.insert(assets).values({ id: assetId, key, serial: key, name: key, modelId, customerId, siteId })
    const limits = { hh: null, h: null, l: null, ll: null }
    const rows = keys.map((signal) => ({ id: uuidv7(), assetId, key: signal, name, unit: '', decimals: 1, limits }))
    const inserted = await db
      .insert(signals)
      .values(rows)
      .returning({ id: signals.id, series: signals.series, key: signals.key })
    const credential = { username: key, kind: 'device' as const, assetId, createdAt: new Date() }
    await db.insert(deviceCredentials).values({ ...credential, secretHash: hashDeviceSecret(secret) })
    devices.push({ key, secret, assetId, customerId, siteId, modelId, signals: inserted })
  }
  return devices
}
