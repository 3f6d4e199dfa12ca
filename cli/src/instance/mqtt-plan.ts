import type { Database } from '@fettle/db/client'
import { deviceCredentials } from '@fettle/db/schema/devices'
import { createDynamicSecurity, type BrokerAccounts } from '@fettle/ingest/broker/dynamic-security'
import { inArray } from 'drizzle-orm'
import type { Secrets } from '../demo/credentials.ts'
import type { Settings } from '../settings.ts'

/** Where devices send to: a broker of our own, or one of somebody else, with or without its accounts in our hands. */
export type MqttPlan = { host: string; port: number } | { url: string; makesAccounts: boolean }

export function mqttPlan({ mqttUrl, mqttAccounts, mqttHost: host, mqttPort: port }: Settings): MqttPlan {
  if (mqttUrl === undefined) return { host, port }
  return { url: mqttUrl, makesAccounts: mqttAccounts === 'dynamic-security' }
}

/** The accounts of the broker; undefined where there is nothing to administer. */
export function brokerAccounts(plan: MqttPlan): BrokerAccounts | undefined {
  return 'url' in plan && plan.makesAccounts ? createDynamicSecurity(plan.url) : undefined
}

/** Lets the owners of `secrets` in at the broker; they have their credentials in the database already. */
export async function grantAll({ db }: Pick<Database, 'db'>, accounts: BrokerAccounts, secrets: Secrets) {
  const { username, kind } = deviceCredentials
  const owners = await db
    .select({ username, kind })
    .from(deviceCredentials)
    .where(inArray(username, Object.keys(secrets)))
  for (const owner of owners) {
    await accounts.grant({ kind: owner.kind, key: owner.username }, secrets[owner.username] ?? '')
  }
}
