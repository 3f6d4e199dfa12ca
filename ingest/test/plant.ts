import { openSegmentFileLog } from '@fettle/bus/segment-file-log'
import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { openDatabase, type Database, type Db } from '@fettle/db/client'
import { hashDeviceSecret, newDeviceSecret } from '@fettle/db/device-secret'
import { assets, models, signals } from '@fettle/db/schema/assets'
import { deadLetters, deviceCredentials, gateways } from '@fettle/db/schema/devices'
import { customers, regions, sites } from '@fettle/db/schema/organisation'
import { systemClock } from '@fettle/platform/clock'
import { uuidv7 } from '@fettle/platform/ids'
import { createLogger } from '@fettle/platform/logging'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { tempFolder } from '@fettle/testing/temp-folder'
import { asc } from 'drizzle-orm'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll } from 'vitest'
import { createIngest, type Ingest, type IngestOptions } from '../src/ingest.ts'

export const logger = createLogger({ name: 'test', level: 'silent' })

export interface Plant {
  database: Database
  log: PartitionedLog
  store: TelemetryStore
  /** A log on the same folder; close `log` first. */
  reopenLog(): Promise<PartitionedLog>
  /** An asset with the signals `temp` and `run`, and its credential. */
  addDevice(key?: string): Promise<Device>
  addGateway(key?: string): Promise<Credential>
  /** At the site of another customer. */
  addForeignGateway(key: string): Promise<Credential>
  /** Started, and stopped after the last test. */
  ingest(changes?: Partial<IngestOptions>): Promise<Ingest>
  /** Connects once: a refusal or a lost connection is the test's to see. Ended after the last test. */
  connect(to: Ingest, as: Credential, changes?: IClientOptions): Promise<MqttClient>
  letters(): Promise<(typeof deadLetters.$inferSelect)[]>
}

export interface Credential {
  key: string
  secret: string
}

export interface Device extends Credential {
  assetId: string
  /** Ids by key. */
  signals: { temp: string; run: string }
}

/** A database, a log in a folder, and what ingest needs to know; everything goes when the file is done. */
export async function plant(url: string, { partitions = 2 } = {}): Promise<Plant> {
  const database = openDatabase({ url, poolSize: 8, logger, applicationName: 'ingest test' })
  const folder = await tempFolder('ingest')
  const open = () => openSegmentFileLog({ dir: folder.path, partitions })
  const logs = [await open()]
  const started: Ingest[] = []
  const clients: MqttClient[] = []
  afterAll(async () => {
    for (const client of clients) client.end(true)
    for (const ingest of started) await ingest.stop()
    for (const log of logs) await log.close()
    await database.close()
    await folder.remove()
  })
  const { db } = database
  const store = createPostgresStore({ database })
  const site = await siteWithModel(database)
  let count = 0

  return {
    database,
    log: logs[0]!,
    store,
    async reopenLog() {
      const log = await open()
      logs.push(log)
      return log
    },
    async addDevice(key = `AC-${++count}`) {
      const [assetId, secret] = [uuidv7(), newDeviceSecret()]
      await db.insert(assets).values({ id: assetId, key, serial: key, name: key, ...site })
      const [temp, run] = [uuidv7(), uuidv7()]
      const common = { assetId, unit: '°C', decimals: 1, limits: { hh: null, h: null, l: null, ll: null } }
      await db.insert(signals).values([
        { id: temp, key: 'temp', name: { zh: '温度', en: 'temperature' }, ...common },
        { id: run, key: 'run', name: { zh: '运行', en: 'running' }, ...common },
      ])
      await addCredential({ username: key, kind: 'device', assetId }, secret)
      return { key, secret, assetId, signals: { temp, run } }
    },
    addGateway: (key = `GW-${++count}`) => addGatewayAt(site.siteId, key),
    addForeignGateway: async (key) => addGatewayAt(await addSite(db, key), key),
    async ingest(changes = {}) {
      const ingest = createIngest({
        log: logs.at(-1)!,
        store,
        database,
        mqtt: { host: '127.0.0.1', port: 0 },
        clock: systemClock,
        logger,
        flushMs: 20,
        ...changes,
      })
      started.push(ingest)
      await ingest.start()
      return ingest
    },
    async connect(to, { key, secret }, changes = {}) {
      const credential = { username: key, password: secret }
      const client = await connectAsync(to.mqttUrl, { ...credential, reconnectPeriod: 0, ...changes }, false)
      client.on('error', () => {}) // what a test awaits reports it
      clients.push(client)
      return client
    },
    letters: () => db.select().from(deadLetters).orderBy(asc(deadLetters.id)),
  }

  async function addGatewayAt(siteId: string, key: string): Promise<Credential> {
    const [gatewayId, secret] = [uuidv7(), newDeviceSecret()]
    await db.insert(gateways).values({ id: gatewayId, key, siteId })
    await addCredential({ username: key, kind: 'gateway', gatewayId }, secret)
    return { key, secret }
  }

  async function addCredential(
    owner: Pick<typeof deviceCredentials.$inferInsert, 'username' | 'kind' | 'assetId' | 'gatewayId'>,
    secret: string,
  ) {
    const row = { ...owner, secretHash: hashDeviceSecret(secret), createdAt: new Date() }
    await db.insert(deviceCredentials).values(row)
  }
}

async function siteWithModel({ db }: Database) {
  const [customerId, modelId] = [uuidv7(), uuidv7()]
  const name = { zh: '临清', en: 'Linqing' }
  await db.insert(regions).values({ code: '371581', name, letters: 'LQ' })
  const siteId = await addSite(db, 'dingzhou', customerId)
  await db.insert(models).values({
    id: modelId,
    key: 'AC75',
    family: 'AC',
    name,
    manufacturer: '沃衡',
    specification: [],
    signals: [],
    runStateSignal: 'run',
  })
  return { customerId, siteId, modelId }
}

export const telemetry = ({ key }: Credential) => `fettle/v1/devices/${key}/telemetry`
export const batch = ({ key }: Credential) => `fettle/v1/gateways/${key}/batch`

/** A customer with one site; returns the site's id. */
async function addSite(db: Db, customerKey: string, customerId = uuidv7()): Promise<string> {
  const siteId = uuidv7()
  await db
    .insert(customers)
    .values({ id: customerId, key: customerKey, name: customerKey, city: '临清', tier: 'gold', terms: '' })
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
  return siteId
}
