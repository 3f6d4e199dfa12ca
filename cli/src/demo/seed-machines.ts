import type { Tx } from '@fettle/db/client'
import { assets, bindings, failureModes, models, signals } from '@fettle/db/schema/assets'
import { gateways } from '@fettle/db/schema/devices'
import { installedParts } from '@fettle/db/schema/installed-parts'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import { uuidv7 } from '@fettle/platform/ids'
import { assets as demoAssets } from '@fettle/provisioning/demo/assets'
import { failureModes as demoFailureModes } from '@fettle/provisioning/demo/failure-modes'
import { bindings as demoBindings, gateways as demoGateways } from '@fettle/provisioning/demo/gateways'
import { models as demoModels } from '@fettle/provisioning/demo/models'
import { rules as demoRules } from '@fettle/provisioning/demo/rules'
import type { Ids } from './ids.ts'

const hourMs = 3_600_000

/** Machines with their files, what they measure and by which wire, how they fail, and what is watched. */
export async function seedMachines(tx: Tx, ids: Ids, now: Date): Promise<void> {
  await tx.insert(models).values(
    demoModels.map((model) => ({
      ...model,
      id: ids.give('model', model.key),
      specification: [...model.specification],
      runningStates: [...model.runningStates],
      signals: [...model.signals],
    })),
  )
  await seedAssets(tx, ids, now)
  await seedWires(tx, ids)
  await tx.insert(failureModes).values(
    demoFailureModes.map(({ modelKey, certificates, signature, parts, ...mode }) => ({
      ...mode,
      id: ids.give('failure-mode', mode.key),
      modelId: ids.of('model', modelKey),
      certificates: [...certificates],
      signature: [...signature],
      parts: [...parts],
    })),
  )
  await seedRules(tx, ids, now)
}

async function seedAssets(tx: Tx, ids: Ids, now: Date): Promise<void> {
  await tx.insert(assets).values(
    demoAssets.map(
      ({ modelKey, customerKey, siteKey, installedParts: _, specification, maintenanceHours, ...asset }) => ({
        ...asset,
        ...(maintenanceHours !== undefined && {
          mode: 'maintenance' as const,
          modeSince: new Date(now.getTime() - maintenanceHours * hourMs),
        }),
        id: ids.give('asset', asset.key),
        modelId: ids.of('model', modelKey),
        customerId: ids.of('customer', customerKey),
        siteId: ids.of('site', siteKey),
        specification: [...specification],
      }),
    ),
  )
  await tx.insert(signals).values(
    demoAssets.flatMap(({ key: assetKey, modelKey }) => {
      const model = demoModels.find(({ key }) => key === modelKey)
      const assetId = ids.of('asset', assetKey)
      return (model?.signals ?? []).map((signal) => ({
        ...signal,
        id: ids.give('signal', `${assetKey} ${signal.key}`),
        assetId,
      }))
    }),
  )
  await tx.insert(installedParts).values(
    demoAssets.flatMap(({ key, installedParts: parts }) =>
      parts.map(({ partCode, serial, installedOn }) => ({
        id: uuidv7(),
        assetId: ids.of('asset', key),
        partCode,
        serial,
        installedAt: new Date(`${installedOn}T10:00:00+08:00`),
      })),
    ),
  )
}

async function seedWires(tx: Tx, ids: Ids): Promise<void> {
  await tx
    .insert(gateways)
    .values(
      demoGateways.map(({ key, siteKey }) => ({ id: ids.give('gateway', key), key, siteId: ids.of('site', siteKey) })),
    )
  await tx.insert(bindings).values(
    demoBindings.map(({ assetKey, signalKey, ...binding }) => ({
      ...binding,
      id: uuidv7(),
      signalId: ids.of('signal', `${assetKey} ${signalKey}`),
    })),
  )
}

async function seedRules(tx: Tx, ids: Ids, now: Date): Promise<void> {
  const version = 1
  await tx.insert(rules).values(
    demoRules.map(({ key, modelKey, failureModeKey }) => ({
      id: ids.give('rule', key),
      key,
      version,
      changedAt: now,
      modelId: ids.of('model', modelKey),
      failureModeId: ids.of('failure-mode', failureModeKey),
    })),
  )
  await tx
    .insert(ruleVersions)
    .values(
      demoRules.map(({ key, definition }) => ({ ruleId: ids.of('rule', key), version, definition, createdAt: now })),
    )
}
