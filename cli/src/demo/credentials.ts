import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '@fettle/db/client'
import { hashDeviceSecret, newDeviceSecret } from '@fettle/db/device-secret'
import { assets } from '@fettle/db/schema/assets'
import { deviceCredentials, gateways } from '@fettle/db/schema/devices'
import { directAssetKeys, gateways as demoGateways } from '@fettle/provisioning/demo/gateways'
import { UserError } from '../user-error.ts'

/** Username on the broker → secret. */
export type Secrets = Readonly<Record<string, string>>

/**
 * Secrets of the demonstration's gateways and of the machines that speak for themselves, kept in a 0600 file beside the
 * database, which has their hashes only. Where the two do not fit, as with a new data folder, they are made anew.
 */
export async function ensureCredentials({ db }: Pick<Database, 'db'>, dataDir: string, now: Date): Promise<Secrets> {
  const file = path.join(dataDir, 'demo-secrets.json')
  const kept = await readSecrets(file)
  const identities = await demoIdentities(db)
  requireThisVersion(identities, dataDir)
  const secrets = Object.fromEntries(identities.map(({ username }) => [username, kept[username] ?? newDeviceSecret()]))
  await writeSecrets(file, secrets)
  for (const identity of identities) {
    const fresh = { secretHash: hashDeviceSecret(secrets[identity.username] ?? ''), createdAt: now, revokedAt: null }
    await db
      .insert(deviceCredentials)
      .values({ ...identity, ...fresh })
      .onConflictDoUpdate({ target: deviceCredentials.username, set: fresh })
  }
  return secrets
}

/** A demonstration is not upgraded: its machines are part of the program, its rows of the one that made them. */
function requireThisVersion(identities: readonly { username: string }[], dataDir: string): void {
  const known = new Set(identities.map(({ username }) => username))
  const missing = [...demoGateways.map(({ key }) => key), ...directAssetKeys].filter((key) => !known.has(key))
  if (missing.length === 0) return
  throw new UserError(
    `the demonstration in ${dataDir} was made by another version and lacks ${missing.join(', ')}; ` +
      'remove the folder, or name another with FETTLE_DATA, for a fresh one',
  )
}

async function demoIdentities(db: Database['db']) {
  const gatewayKeys = new Set(demoGateways.map(({ key }) => key))
  const ofGateways = (await db.select({ id: gateways.id, key: gateways.key }).from(gateways))
    .filter(({ key }) => gatewayKeys.has(key))
    .map(({ id, key }) => ({ username: key, kind: 'gateway' as const, gatewayId: id }))
  const ofMachines = (await db.select({ id: assets.id, key: assets.key }).from(assets))
    .filter(({ key }) => directAssetKeys.includes(key))
    .map(({ id, key }) => ({ username: key, kind: 'device' as const, assetId: id }))
  return [...ofGateways, ...ofMachines]
}

async function readSecrets(file: string): Promise<Secrets> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

async function writeSecrets(file: string, secrets: Secrets): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
