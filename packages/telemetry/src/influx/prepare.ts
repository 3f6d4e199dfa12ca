import { InfluxError } from './influx-error.ts'
import { ask, check, placeOf, select } from './influx-http.ts'
import { writePath } from './line-writer.ts'
import type { InfluxSettings } from './settings.ts'

export interface InfluxServer {
  /** As the server says it, such as `1.6.7` or `v2.7.10`. */
  readonly version: string
}

/**
 * Whether the server is there, of a version that the credentials are for, and lets us write and read; makes the database of 1.x
 * if it may. Changes nothing else. Rejects with an `InfluxError` whose message tells what is missing.
 */
export async function prepareInflux(settings: InfluxSettings): Promise<InfluxServer> {
  const server = await findServer(settings)
  if (isVersion1(server)) await ensureDatabase(settings)
  await mayWrite(settings)
  await select(settings, `SELECT "value" FROM "reading" WHERE "signal" = '' AND time >= 0ms AND time < 1ms LIMIT 1`)
  return server
}

/** All versions answer `/ping` with their version in a header. */
async function findServer(settings: InfluxSettings): Promise<InfluxServer> {
  const response = await check(settings, await ask(settings, '/ping'))
  const version = response.headers.get('x-influxdb-version')
  await response.text()
  if (!version) throw new InfluxError('influx/wrong-server', `${settings.url} answers, but is no InfluxDB`)
  const server = { version }
  const { kind } = settings.access
  if (isVersion1(server) && kind === 'token') {
    const message = `${placeOf(settings)} is version ${version}, which takes a user and password in INFLUX_URL, no token`
    throw new InfluxError('influx/wrong-server', message)
  }
  if (isVersion2(server) && kind !== 'token') {
    const message = `${placeOf(settings)} is version ${version}, which wants an INFLUX_TOKEN`
    throw new InfluxError('influx/wrong-server', message)
  }
  return server
}

const isVersion1 = ({ version }: InfluxServer) => /^v?1\./.test(version)
const isVersion2 = ({ version }: InfluxServer) => /^v?2\./.test(version)

async function ensureDatabase(settings: InfluxSettings): Promise<void> {
  const q = `CREATE DATABASE "${settings.database}"`
  const response = await ask(settings, '/query', { method: 'POST', parameters: { q } })
  // Who may not make one may still have one.
  if (response.status !== 403) await check(settings, response)
  await response.text()
}

/** Nothing to write is refused by 2.x, but only after it has looked who asks, and for which bucket. */
async function mayWrite(settings: InfluxSettings): Promise<void> {
  const { access, bucket, database } = settings
  const response = await ask(settings, writePath(settings), { method: 'POST', body: '' })
  switch (response.status) {
    case 400:
      await response.text()
      return
    case 403: {
      const who = access.kind === 'password' ? `user ${access.username}` : 'INFLUX_TOKEN'
      throw new InfluxError('influx/forbidden', `${placeOf(settings)} does not let ${who} write to ${bucket}`)
    }
    case 404: {
      const what =
        access.kind === 'token' ? `bucket ${bucket} in the organisation ${access.org}` : `database ${database}`
      throw new InfluxError('influx/no-bucket', `${placeOf(settings)} has no ${what}`)
    }
    default:
      await (await check(settings, response)).text()
  }
}
