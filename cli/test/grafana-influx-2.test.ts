import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { influxReaders } from '../src/grafana/influx-readers.ts'

/**
 * Stands in for InfluxDB 2.x, which cannot be installed here: the answers of its documented API (`/api/v2/orgs`, `/api/v2/buckets`,
 * `/private/legacy/authorizations`), with what is in it. A path that it does not know fails the test.
 */
interface Bucket {
  id: string
  orgID: string
  name: string
  retentionRules: unknown[]
}
interface Authorization {
  id: string
  token: string
  orgID: string
  status: string
  permissions: unknown
  password?: string
}

const token = 'operator-token'
const org = { id: 'org-1', name: 'fettle' }
const rules = [{ type: 'expire', everySeconds: 7_776_000, shardGroupDurationSeconds: 86_400 }]
let buckets: Bucket[] = []
let authorizations: Authorization[] = []
let asked: string[] = []
let version = 'v2.7.12'
let nextId = 1

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://influxdb')
    asked.push(`${request.method} ${pathname}`)
    const text = Buffer.concat(chunks).toString()
    const allowed = pathname === '/ping' || request.headers.authorization === `Token ${token}`
    const [status, body] = allowed
      ? answer(`${request.method} ${pathname}`, searchParams, text)
      : [401, { code: 'unauthorized', message: 'unauthorized access' }]
    response.writeHead(status, { 'content-type': 'application/json', 'x-influxdb-version': version })
    response.end(body === undefined ? '' : JSON.stringify(body))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => void server.close())

function answer(what: string, parameters: URLSearchParams, text: string): [number, unknown?] {
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>
  const [, id = ''] = /\/(?:buckets|authorizations)\/([^/]+)/.exec(what) ?? []
  switch (id === '' ? what : what.replace(`/${id}`, '/{id}')) {
    case 'GET /ping':
      return [204]
    case 'POST /api/v2/write':
      return [400, { code: 'invalid', message: 'writing requires points' }]
    case 'GET /query':
      return [200, { results: [{ statement_id: 0 }] }]
    case 'GET /api/v2/orgs':
      return [200, { orgs: [org].filter(({ name }) => name === parameters.get('org')) }]
    case 'GET /api/v2/buckets': {
      const found = buckets.filter(({ name }) => name === parameters.get('name'))
      return found.length > 0 ? [200, { buckets: found }] : [404, { code: 'not found', message: 'bucket not found' }]
    }
    case 'POST /api/v2/buckets': {
      const { orgID, name, retentionRules } = body as unknown as Bucket
      const made = { id: `bucket-${nextId++}`, orgID, name, retentionRules }
      buckets.push(made)
      return [201, made]
    }
    case 'DELETE /api/v2/buckets/{id}':
      buckets = buckets.filter((bucket) => bucket.id !== id)
      return [204]
    case 'GET /private/legacy/authorizations':
      return [200, { authorizations: authorizations.filter((each) => each.token === parameters.get('token')) }]
    case 'POST /private/legacy/authorizations': {
      const made = { ...(body as unknown as Authorization), id: `auth-${nextId++}` }
      authorizations.push(made)
      return [201, made]
    }
    case 'POST /private/legacy/authorizations/{id}/password': {
      const found = authorizations.find((each) => each.id === id)
      if (found) found.password = String(body['password'])
      return found ? [204] : [404, { code: 'not found', message: 'authorization not found' }]
    }
    case 'DELETE /private/legacy/authorizations/{id}':
      authorizations = authorizations.filter((each) => each.id !== id)
      return [204]
    default:
      return [500, { code: 'internal error', message: `unknown: ${what}` }]
  }
}

const settings: InfluxSettings = {
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  access: { kind: 'token', token, org: org.name },
  bucket: 'fettle',
  database: 'fettle',
  retentionPolicy: 'autogen',
}
const reader = { username: 'fettle_org_1', password: 'a-password-of-its-own', database: 'fettle_org_1' }

beforeEach(() => {
  buckets = [{ id: 'main', orgID: org.id, name: 'fettle', retentionRules: rules }]
  authorizations = []
  asked = []
  version = 'v2.7.12'
})

describe('readers of InfluxDB 2.x', () => {
  it('have a bucket that keeps its readings as long as the main one, made once', async () => {
    const readers = await influxReaders(settings)
    await readers.ensureStore('fettle_org_1')
    await readers.ensureStore('fettle_org_1')
    expect(buckets.slice(1)).toEqual([
      { id: expect.any(String) as string, orgID: org.id, name: 'fettle_org_1', retentionRules: rules },
    ])
  })

  it('may read that bucket and nothing else, with the last password', async () => {
    const readers = await influxReaders(settings)
    await readers.ensureStore(reader.database)
    await readers.ensureReader({ ...reader, password: 'the-one-before' })
    await readers.ensureReader(reader)
    const resource = { type: 'buckets', id: buckets[1]?.id, orgID: org.id }
    expect(authorizations).toEqual([
      {
        id: expect.any(String) as string,
        token: reader.username,
        orgID: org.id,
        status: 'active',
        description: expect.any(String) as string,
        permissions: [{ action: 'read', resource }],
        password: reader.password,
      },
    ])
  })

  it('are gone when they are dropped, which may be done again', async () => {
    const readers = await influxReaders(settings)
    await readers.ensureStore(reader.database)
    await readers.ensureReader(reader)
    for (let times = 0; times < 2; times++) {
      await readers.dropReader(reader.username)
      await readers.dropStore(reader.database)
    }
    expect([authorizations, buckets.map(({ name }) => name)]).toEqual([[], ['fettle']])
  })

  it('need a bucket to read', async () => {
    const readers = await influxReaders(settings)
    await expect(readers.ensureReader(reader)).rejects.toMatchObject({
      code: 'influx/no-bucket',
      message: `InfluxDB at ${settings.url} has no bucket fettle_org_1`,
    })
  })

  it('are refused to a token that may not do that, in the server’s words and without the token', async () => {
    const wrong = { ...settings, access: { kind: 'token', token: 'reads-only', org: org.name } } as const
    const refused = influxReaders(wrong).catch((error: unknown) => error)
    expect(await refused).toMatchObject({ code: 'influx/unauthorised' })
    expect(String(await refused)).not.toContain('reads-only')
  })

  it('are not of a version that knows no readers of one database', async () => {
    version = '3.4.1'
    await expect(influxReaders(settings)).rejects.toMatchObject({ code: 'influx/wrong-server' })
    expect(asked).not.toContain('POST /private/legacy/authorizations')
  })
})
