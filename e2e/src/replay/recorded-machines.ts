import { randomBytes } from 'node:crypto'
import { planMaintenance } from '@fettle/contracts/maintenance-windows'
import type { Tx } from '@fettle/db/client'
import { hashDeviceSecret, newDeviceSecret } from '@fettle/db/device-secret'
import { assets, failureModes, models, signals } from '@fettle/db/schema/assets'
import { deviceCredentials, gateways } from '@fettle/db/schema/devices'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import { uuidv7 } from '@fettle/platform/ids'
import type { Instance } from '../instance.ts'
import { insertOrganisation, text } from '../works/organisation.ts'
import { persistentClient, type PersistentCall } from '../works/persistent-client.ts'
import { inDatabase } from '../works/works.ts'
import type { Window } from './expected-episodes.ts'
import { definitionOf, signalKey, type LowLimit } from './threshold.ts'

export interface RecordedMachine {
  readonly key: string
  readonly assetId: string
  readonly signalId: string
  /** As a device of its own over MQTT. */
  readonly secret: string
}

/** An empty instance, filled with machines that only exist in a recording. */
export interface Hall {
  readonly instance: Instance
  readonly desk: PersistentCall
  readonly gateway: { readonly key: string; readonly secret: string }
  machine(key: string): RecordedMachine
}

interface HallOptions {
  /** Machines by key, with what is planned for each. */
  machines: Readonly<Record<string, readonly Window[]>>
  limit: LowLimit
}

const gatewayKey = 'GW-HALL'

/** Fills the instance. Windows are planned before any signal is known, so that the rules know them from the first reading on. */
export async function furnishHall(instance: Instance, { machines, limit }: HallOptions): Promise<Hall> {
  const { databaseUrl } = instance
  const password = randomBytes(12).toString('base64url')
  const keys = Object.keys(machines)
  const gateway = { key: gatewayKey, secret: newDeviceSecret() }
  const { modelId, placed } = await inDatabase(databaseUrl, (db) =>
    db.transaction(async (tx) => {
      const place = await insertOrganisation(tx, password)
      return insertAssets(tx, place, keys)
    }),
  )
  const as = (username: string) => persistentClient({ origin: () => instance.url, username, password })
  const admin = await as('admin')
  for (const { key, assetId } of placed) {
    for (const { fromMs, toMs } of machines[key] ?? []) {
      const span = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
      await admin(planMaintenance, { params: { assetId }, body: { ...span, reason: '计划停机' } })
    }
  }
  await inDatabase(databaseUrl, (db) =>
    db.transaction(async (tx) => {
      await insertRule(tx, modelId, limit)
      await insertSignals(tx, placed, limit)
      await insertCredentials(tx, placed, gateway)
    }),
  )
  return {
    instance,
    desk: await as('desk'),
    gateway,
    machine(key) {
      const machine = placed.find((each) => each.key === key)
      if (!machine) throw new Error(`there is no machine ${key}`)
      return machine
    },
  }
}

async function insertAssets(tx: Tx, place: { customerId: string; siteId: string }, keys: readonly string[]) {
  const { customerId, siteId } = place
  const modelId = uuidv7()
  await tx.insert(models).values({
    id: modelId,
    key: 'RECORDED',
    family: 'AC',
    name: text('录波设备'),
    manufacturer: '沃衡装备',
    specification: [],
    signals: [],
    runStateSignal: 'run_state',
  })
  const placed = keys.map((key) => ({ key, assetId: uuidv7(), signalId: uuidv7(), secret: newDeviceSecret(), siteId }))
  const common = { modelId, customerId, siteId, warrantyUntil: '2010-01-01' }
  await tx
    .insert(assets)
    .values(placed.map(({ key, assetId }) => ({ id: assetId, key, serial: key, name: key, ...common })))
  return { modelId, placed }
}

async function insertSignals(tx: Tx, placed: readonly RecordedMachine[], { l, ll }: LowLimit): Promise<void> {
  await tx.insert(signals).values(
    placed.map(({ assetId, signalId }) => ({
      id: signalId,
      assetId,
      key: signalKey,
      name: text('内部温度'),
      unit: '°', // the recordings do not say of which scale
      decimals: 1,
      limits: { hh: null, h: null, l, ll },
    })),
  )
}

async function insertRule(tx: Tx, modelId: string, limit: LowLimit): Promise<void> {
  const [failureModeId, ruleId] = [uuidv7(), uuidv7()]
  const createdAt = new Date()
  await tx.insert(failureModes).values({
    id: failureModeId,
    key: 'RECORDED-01',
    modelId,
    name: text('内部温度过低'),
    onSignals: text('–'),
    causes: text('–'),
    fix: text('–'),
    signature: [],
    prior: 1,
    parts: [],
    standardHours: '4',
    persons: 1,
    skillLevel: 3,
  })
  await tx
    .insert(rules)
    .values({ id: ruleId, key: signalKey, modelId, version: 1, changedAt: createdAt, failureModeId })
  await tx.insert(ruleVersions).values({ ruleId, version: 1, createdAt, definition: definitionOf(limit) })
}

async function insertCredentials(
  tx: Tx,
  placed: readonly (RecordedMachine & { siteId: string })[],
  gateway: Hall['gateway'],
): Promise<void> {
  const gatewayId = uuidv7()
  const createdAt = new Date()
  const siteId = placed[0]?.siteId ?? ''
  await tx.insert(gateways).values({ id: gatewayId, key: gateway.key, siteId })
  await tx.insert(deviceCredentials).values([
    { username: gateway.key, kind: 'gateway', gatewayId, secretHash: hashDeviceSecret(gateway.secret), createdAt },
    ...placed.map(({ key, assetId, secret }) => ({
      username: key,
      kind: 'device' as const,
      assetId,
      secretHash: hashDeviceSecret(secret),
      createdAt,
    })),
  ])
}
