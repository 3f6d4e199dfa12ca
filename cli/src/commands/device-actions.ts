import { batchTopic, telemetryTopic } from '@fettle/contracts/uplink'
import type { Tx } from '@fettle/db/client'
import { hashDeviceSecret, newDeviceSecret } from '@fettle/db/device-secret'
import { assets } from '@fettle/db/schema/assets'
import { deviceCredentials, gateways } from '@fettle/db/schema/devices'
import { and, eq, isNull } from 'drizzle-orm'
import { brokerAccounts, mqttPlan } from '../instance/mqtt-plan.ts'
import { loadSettings } from '../settings.ts'
import { UserError } from '../user-error.ts'
import { auditCommand } from './audit-command.ts'
import { withDatabase } from './with-database.ts'

/** A new secret for a machine or gateway; the database keeps its hash only, so it is printed here or nowhere. */
export async function makeCredential(key: string, { json = false }: { json?: boolean }): Promise<void> {
  const settings = loadSettings()
  const accounts = brokerAccounts(mqttPlan(settings))
  const secret = newDeviceSecret()
  try {
    const kind = await withDatabase(settings, ({ db }) =>
      db.transaction(async (tx) => {
        const owner = await ownerOf(tx, key)
        const fresh = { secretHash: hashDeviceSecret(secret), createdAt: new Date(), revokedAt: null }
        const row = { username: key, ...owner.row, ...fresh }
        await tx
          .insert(deviceCredentials)
          .values(row)
          .onConflictDoUpdate({ target: deviceCredentials.username, set: fresh })
        const { kind, id: entityId } = owner
        await auditCommand(tx, { operation: 'makeCredential', entity: kind, entityId, detail: { key } })
        // Last, so that a broker that does not answer leaves the old secret in force on both sides.
        await accounts?.grant({ kind, key }, secret)
        return kind
      }),
    )
    const topic = kind === 'device' ? telemetryTopic(key) : batchTopic(key)
    if (json) console.log(JSON.stringify({ username: key, password: secret, topic }))
    else console.log(['username  ' + key, 'password  ' + secret, 'topic     ' + topic].join('\n'))
  } finally {
    await accounts?.close()
  }
}

export async function revokeCredential(key: string): Promise<void> {
  const settings = loadSettings()
  const accounts = brokerAccounts(mqttPlan(settings))
  try {
    await withDatabase(settings, ({ db }) =>
      db.transaction(async (tx) => {
        const [revoked] = await tx
          .update(deviceCredentials)
          .set({ revokedAt: new Date() })
          .where(and(eq(deviceCredentials.username, key), isNull(deviceCredentials.revokedAt)))
          .returning()
        if (!revoked) throw new UserError(`${key} has no credential to revoke.`)
        const { kind, assetId, gatewayId } = revoked
        const entityId = assetId ?? gatewayId ?? key
        await auditCommand(tx, { operation: 'revokeCredential', entity: kind, entityId, detail: { key } })
      }),
    )
    await accounts?.revoke(key)
  } finally {
    await accounts?.close()
  }
  console.log(`${key} cannot send any more.`)
}

async function ownerOf(tx: Tx, key: string) {
  const [gateway] = await tx.select({ id: gateways.id }).from(gateways).where(eq(gateways.key, key))
  if (gateway)
    return { kind: 'gateway' as const, id: gateway.id, row: { kind: 'gateway' as const, gatewayId: gateway.id } }
  const [asset] = await tx.select({ id: assets.id }).from(assets).where(eq(assets.key, key))
  if (!asset) throw new UserError(`There is no machine and no gateway ${key}.`)
  return { kind: 'device' as const, id: asset.id, row: { kind: 'device' as const, assetId: asset.id } }
}
