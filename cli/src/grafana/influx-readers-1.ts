import { InfluxError, saidBy } from '@fettle/telemetry/influx/influx-error'
import { authorizationOf, check, placeOf, reasonOf } from '@fettle/telemetry/influx/influx-http'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import type { InfluxReaders } from './influx-reader.ts'

/** Users and databases of InfluxDB 1.x, which are managed in InfluxQL. */
export function createReaders1(settings: InfluxSettings): InfluxReaders {
  const run = (statement: string) => command(settings, statement)
  const userNames = async () => (await run('SHOW USERS')).map(([name]) => name)

  /** Such as `168h0m0s`; `0s` is for ever. */
  async function retention(): Promise<string> {
    const rows = await run(`SHOW RETENTION POLICIES ON ${quoted(settings.database)}`)
    const [, duration] = rows.find(([name]) => name === settings.retentionPolicy) ?? []
    return typeof duration === 'string' && duration !== '0s' ? duration : 'INF'
  }

  return {
    async ensureStore(name) {
      const duration = await retention()
      await run(`CREATE DATABASE ${quoted(name)} WITH DURATION ${duration} REPLICATION 1 NAME "autogen"`)
    },
    dropStore: async (name) => void (await run(`DROP DATABASE ${quoted(name)}`)),
    async ensureReader({ username, password, database }) {
      const [user, secret] = [quoted(username), literal(password)]
      if ((await userNames()).includes(username)) await run(`SET PASSWORD FOR ${user} = ${secret}`)
      else await run(`CREATE USER ${user} WITH PASSWORD ${secret}`)
      await run(`GRANT READ ON ${quoted(database)} TO ${user}`)
    },
    async dropReader(username) {
      if ((await userNames()).includes(username)) await run(`DROP USER ${quoted(username)}`)
    },
  }
}

type Value = string | number | boolean | null

interface Answer {
  readonly results?: readonly {
    readonly error?: string
    readonly series?: readonly { readonly values?: readonly (readonly Value[])[] }[]
  }[]
}

/** The rows of one statement. It goes in the body, so that a password is in no log of addresses. */
async function command(settings: InfluxSettings, statement: string): Promise<readonly (readonly Value[])[]> {
  let response: Response
  try {
    response = await fetch(`${settings.url}/query`, {
      method: 'POST',
      headers: authorizationOf(settings),
      body: new URLSearchParams({ q: statement }),
      signal: AbortSignal.timeout(30_000),
      redirect: 'error',
    })
  } catch (cause) {
    throw new InfluxError('influx/unreachable', `${placeOf(settings)} cannot be reached: ${reasonOf(cause)}`, { cause })
  }
  const { results: [result] = [] } = (await (await check(settings, response)).json()) as Answer
  if (result?.error !== undefined) {
    throw new InfluxError('influx/failed', `${placeOf(settings)}: ${saidBy(JSON.stringify({ error: result.error }))}`)
  }
  return result?.series?.[0]?.values ?? []
}

const quoted = (name: string) => `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}"`
const literal = (text: string) => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
