import type { Tx } from '@fettle/db/client'
import { hashDeviceSecret, newDeviceSecret } from '@fettle/db/device-secret'
import { assets, failureModes, models, signals } from '@fettle/db/schema/assets'
import { deviceCredentials, gateways } from '@fettle/db/schema/devices'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import { uuidv7 } from '@fettle/platform/ids'
import { failureModeKeys, plainSignalKeys, watchedSignals } from './machine-model.ts'
import { text } from './organisation.ts'

export interface MachineOfWorks {
  readonly assetId: string
  /** The device key. */
  readonly key: string
  /** Ids by signal key. */
  readonly signalIds: ReadonlyMap<string, string>
}

export interface WorksOptions {
  /** Machines that speak for themselves over MQTT. */
  direct: number
  /** Machines behind the one gateway. */
  behindGateway: number
}

const gatewayKey = 'GW-LINQING'
const noLimits = { hh: null, h: null, l: null, ll: null }

interface Place {
  readonly customerId: string
  readonly siteId: string
}

/** Machines of one model with all that is watched on them, and the secrets with which they and the gateway sign in. */
export async function insertMachines(tx: Tx, place: Place, { direct, behindGateway }: WorksOptions) {
  const modelId = uuidv7()
  await tx.insert(models).values({
    id: modelId,
    key: 'AC75',
    family: 'AC',
    name: text('螺杆空压机'),
    manufacturer: '沃衡装备',
    specification: [],
    signals: [],
    runStateSignal: 'run_state',
  })
  const failureModeIds = await insertFailureModes(tx, modelId)
  await insertRules(tx, modelId, failureModeIds)
  const numbers = Array.from({ length: direct + behindGateway }, (_, index) => index + 1)
  const machines: MachineOfWorks[] = []
  for (const number of numbers) {
    machines.push(await insertMachine(tx, { ...place, modelId, key: `AC75-2601-${String(number).padStart(4, '0')}` }))
  }
  const speakers = machines.slice(0, direct)
  const secrets = new Map([gatewayKey, ...speakers.map(({ key }) => key)].map((name) => [name, newDeviceSecret()]))
  const gatewayId = uuidv7()
  await tx.insert(gateways).values({ id: gatewayId, key: gatewayKey, siteId: place.siteId })
  await tx
    .insert(deviceCredentials)
    .values([
      credential(gatewayKey, secrets, { kind: 'gateway', gatewayId }),
      ...speakers.map(({ key, assetId }) => credential(key, secrets, { kind: 'device', assetId })),
    ])
  return {
    modelId,
    failureModeIds,
    machines,
    gatewayKey,
    directMachines: speakers,
    gatewayMachines: machines.slice(direct),
    secretOf: (username: string) => secrets.get(username) ?? '',
  }
}

export interface NewMachine extends Place {
  readonly modelId: string
  readonly key: string
}

/** A machine with all signals of the model. */
export async function insertMachine(tx: Tx, { key, ...belongs }: NewMachine): Promise<MachineOfWorks> {
  const assetId = uuidv7()
  const serial = key.slice(-4)
  await tx
    .insert(assets)
    .values({ id: assetId, key, serial, name: `${serial} 号空压机`, warrantyUntil: '2020-01-01', ...belongs })
  const watched = watchedSignals.map((signal) => ({ key: signal.key, unit: signal.unit, limits: signal.rule.limits }))
  const plain = plainSignalKeys.map((signalKey) => ({ key: signalKey, unit: 'mm/s', limits: noLimits }))
  const rows = [...watched, ...plain].map((signal) => ({
    id: uuidv7(),
    assetId,
    name: text(signal.key),
    decimals: 2,
    ...signal,
  }))
  await tx.insert(signals).values(rows)
  return { assetId, key, signalIds: new Map(rows.map((row) => [row.key, row.id])) }
}

async function insertFailureModes(tx: Tx, modelId: string): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(failureModeKeys.map((key) => [key, uuidv7()]))
  await tx.insert(failureModes).values(
    [...ids].map(([key, id]) => ({
      id,
      key,
      modelId,
      name: text(key),
      onSignals: text('–'),
      causes: text('–'),
      fix: text('–'),
      signature: [],
      prior: 0.2,
      parts: [],
      standardHours: '2.5',
      persons: 1,
      skillLevel: 3,
    })),
  )
  return ids
}

async function insertRules(tx: Tx, modelId: string, failureModeIds: ReadonlyMap<string, string>): Promise<void> {
  const createdAt = new Date()
  const all = watchedSignals.map((signal) => ({ id: uuidv7(), signal }))
  await tx.insert(rules).values(
    all.map(({ id, signal: { key, failureModeKey } }) => ({
      id,
      key,
      modelId,
      version: 1,
      changedAt: createdAt,
      failureModeId: failureModeIds.get(failureModeKey) ?? '',
    })),
  )
  await tx.insert(ruleVersions).values(
    all.map(({ id, signal: { key: signalKey, rule } }) => ({
      ruleId: id,
      version: 1,
      createdAt,
      definition: {
        kind: 'threshold' as const,
        signalKey,
        latenessMs: 3e4,
        whileRunning: false,
        startupMs: 0,
        ...rule,
      },
    })),
  )
}

type Owner = { kind: 'gateway'; gatewayId: string } | { kind: 'device'; assetId: string }

function credential(username: string, secrets: ReadonlyMap<string, string>, owner: Owner) {
  return { username, secretHash: hashDeviceSecret(secrets.get(username) ?? ''), createdAt: new Date(), ...owner }
}
