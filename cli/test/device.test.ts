import path from 'node:path'
import { openDatabase } from '@fettle/db/client'
import { hashDeviceSecret } from '@fettle/db/device-secret'
import { deviceCredentials } from '@fettle/db/schema/devices'
import { createLogger } from '@fettle/platform/logging'
import { testDatabase } from '@fettle/testing/postgres'
import { tempFolder } from '@fettle/testing/temp-folder'
import { eq } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { seedDemo } from '../src/demo/seed.ts'
import { runFettle } from './run-fettle.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'test', level: 'silent' })
const database = openDatabase({ url, poolSize: 3, logger, applicationName: 'device test' })
const folder = await tempFolder('device')
afterAll(async () => {
  await database.close()
  await folder.remove()
})
await seedDemo(database, new Date('2026-11-22T03:00:00Z'))

const env = { DATABASE_URL: url, FETTLE_DATA: path.join(folder.path, 'data') }
const device = (...argv: string[]) => runFettle(['device', ...argv], { env })
const rowOf = async (username: string) =>
  (await database.db.select().from(deviceCredentials).where(eq(deviceCredentials.username, username)))[0]

it('makes a secret that is printed once, and of which the database has the hash', async () => {
  const { code, stdout } = await device('credential', 'P100-2305-0412', '--json')
  expect(code).toBe(0)
  const { username, password, topic } = JSON.parse(stdout) as Record<string, string>
  expect({ username, topic }).toEqual({
    username: 'P100-2305-0412',
    topic: 'fettle/v1/devices/P100-2305-0412/telemetry',
  })
  expect(await rowOf('P100-2305-0412')).toMatchObject({ kind: 'device', secretHash: hashDeviceSecret(password ?? '') })
})

it('makes another one in its place for a gateway, until it is revoked', async () => {
  const [first, second] = [await device('credential', 'GW-LQ-01'), await device('credential', 'GW-LQ-01')]
  expect(first.stdout).toMatch(/topic {5}fettle\/v1\/gateways\/GW-LQ-01\/batch/)
  expect(first.stdout).not.toBe(second.stdout)
  expect(await rowOf('GW-LQ-01')).toMatchObject({ kind: 'gateway', revokedAt: null })
  expect((await device('revoke', 'GW-LQ-01')).code).toBe(0)
  expect(await rowOf('GW-LQ-01')).toMatchObject({ revokedAt: expect.any(Date) as Date })
  expect(await device('revoke', 'GW-LQ-01')).toMatchObject({
    code: 2,
    stderr: 'GW-LQ-01 has no credential to revoke.\n',
  })
})

it('says so when there is no such machine', async () => {
  const { code, stderr } = await device('credential', 'NO-1')
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'There is no machine and no gateway NO-1.\n' })
})
