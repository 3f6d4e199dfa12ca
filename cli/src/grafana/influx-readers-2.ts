import { codeOfStatus, InfluxError, saidBy } from '@fettle/telemetry/influx/influx-error'
import { authorizationOf, placeOf, reasonOf } from '@fettle/telemetry/influx/influx-http'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import type { InfluxReaders } from './influx-reader.ts'

/**
 * Buckets and readers of InfluxDB 2.x. A reader is an authorization compatible with 1.x (`influx v1 auth` does the same): a user with a
 * password of our choice, so that the password can come from a secret, and Grafana asks both versions in the same way. Buckets are
 * seen by InfluxQL as databases of their name.
 */
export function createReaders2(settings: InfluxSettings): InfluxReaders {
  if (settings.access.kind !== 'token') throw new TypeError('InfluxDB 2.x is managed with a token')
  const { org } = settings.access

  async function organisationId(): Promise<string> {
    const { orgs = [] } = await call<{ orgs?: { id: string }[] }>('GET', '/api/v2/orgs', { org })
    return orgs[0]?.id ?? missing(`organisation ${org}`)
  }

  async function findBucket(name: string): Promise<Bucket | undefined> {
    const parameters = { org, name }
    const { buckets = [] } = await call<{ buckets?: Bucket[] }>('GET', '/api/v2/buckets', parameters)
    return buckets.find((bucket) => bucket.name === name)
  }

  async function findReader(username: string): Promise<{ id: string } | undefined> {
    const parameters = { org, token: username }
    const { authorizations = [] } = await call<{ authorizations?: { id: string; token: string }[] }>(
      'GET',
      legacy,
      parameters,
    )
    return authorizations.find(({ token }) => token === username)
  }

  async function call<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    parameters: Readonly<Record<string, string>> = {},
    body?: unknown,
  ): Promise<T> {
    const query = new URLSearchParams(parameters).toString()
    let response: Response
    try {
      response = await fetch(`${settings.url}${path}${query && `?${query}`}`, {
        method,
        headers: { ...authorizationOf(settings), 'content-type': 'application/json' },
        signal: AbortSignal.timeout(30_000),
        redirect: 'error',
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    } catch (cause) {
      const message = `${placeOf(settings)} cannot be reached: ${reasonOf(cause)}`
      throw new InfluxError('influx/unreachable', message, { cause })
    }
    const text = await response.text()
    // What is asked for by name and is not there is an empty answer to us.
    if (response.status === 404 && method !== 'POST') return {} as T
    const code = codeOfStatus(response.status)
    if (code) {
      const message = `${placeOf(settings)} answers ${response.status} to ${method} ${path}: ${saidBy(text)}`
      throw new InfluxError(code, message)
    }
    return (text === '' ? {} : JSON.parse(text)) as T
  }

  function missing(what: string): never {
    throw new InfluxError('influx/no-bucket', `${placeOf(settings)} has no ${what}`)
  }

  return {
    async ensureStore(name) {
      if (await findBucket(name)) return
      const main = (await findBucket(settings.bucket)) ?? missing(`bucket ${settings.bucket}`)
      const { retentionRules = [] } = main
      const orgID = await organisationId()
      await call(
        'POST',
        '/api/v2/buckets',
        {},
        { orgID, name, retentionRules, description: 'Fettle: one organisation' },
      )
    },
    async dropStore(name) {
      const bucket = await findBucket(name)
      if (bucket) await call('DELETE', `/api/v2/buckets/${bucket.id}`)
    },
    async ensureReader({ username, password, database }) {
      const bucket = (await findBucket(database)) ?? missing(`bucket ${database}`)
      const orgID = await organisationId()
      const resource = { type: 'buckets', id: bucket.id, orgID }
      const wanted = {
        orgID,
        token: username,
        status: 'active',
        description: 'Fettle: Grafana reads this bucket',
        permissions: [{ action: 'read', resource }],
      }
      const { id } = (await findReader(username)) ?? (await call<{ id: string }>('POST', legacy, {}, wanted))
      await call('POST', `${legacy}/${id}/password`, {}, { password })
    },
    async dropReader(username) {
      const reader = await findReader(username)
      if (reader) await call('DELETE', `${legacy}/${reader.id}`)
    },
  }
}

interface Bucket {
  readonly id: string
  readonly name: string
  readonly retentionRules?: readonly unknown[]
}

const legacy = '/private/legacy/authorizations'
