import { type Call, createClient } from '@fettle/contracts/client'
import { signIn } from '@fettle/contracts/session'
import { openDatabase } from '@fettle/db/client'
import { type Clock, systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { createPostgresStore } from '@fettle/telemetry/postgres/postgres-store'
import { testDatabase } from '@fettle/testing/postgres'
import { afterAll } from 'vitest'
import { createApi } from '../src/api.ts'
import { password, smallCompany } from './small-company.ts'

/** The real api on a free port and a database of its own, with the small company in it. Call it at the top of a test file. */
export async function testApi({ clock = systemClock }: { clock?: Clock } = {}) {
  const { url: databaseUrl } = await testDatabase()
  const logger = createLogger({ name: 'api-test', level: 'warn' })
  const database = openDatabase({ url: databaseUrl, poolSize: 10, logger, applicationName: 'api-test' })
  const company = await smallCompany(database.db)
  const deps = {
    database,
    telemetry: createPostgresStore({ database }),
    clock,
    logger,
    version: '0.0.0-test',
    demoAccounts: [],
    webRoot: null,
  }
  const api = createApi(deps, { host: '127.0.0.1', port: 0 })
  await api.start()
  afterAll(async () => {
    await api.stop()
    await database.close()
  })

  const tokens = new Map<string, Promise<string>>()
  const anonymous = createClient({ origin: api.url() })
  const tokenOf = (username: string): Promise<string> => {
    const known = tokens.get(username) ?? anonymous(signIn, { body: { username, password } }).then(({ token }) => token)
    tokens.set(username, known)
    return known
  }
  /** A typed client signed in as this user. */
  const as = async (username: string): Promise<Call> => {
    const token = await tokenOf(username)
    return createClient({ origin: api.url(), token: () => token })
  }
  return { url: api.url(), deps, company, as, anonymous, tokenOf }
}
