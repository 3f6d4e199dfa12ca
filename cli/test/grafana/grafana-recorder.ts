import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/**
 * Stands in for Grafana, which cannot be installed here: it knows the paths of its documented HTTP API that we use, checks each
 * body against what the documentation says (stricter: nothing that it does not name), and remembers. What it does not know it
 * answers with 404, as Grafana would.
 */
export interface RecordedDataSource {
  readonly uid: string
  readonly type: string
  readonly url: string
  readonly user?: string
  readonly basicAuthUser?: string
  readonly jsonData: Readonly<Record<string, unknown>>
  readonly secureJsonData: Readonly<Record<string, string>>
}

export interface RecordedOrganisation {
  readonly id: number
  readonly name: string
  readonly members: string[]
  readonly sources: Map<string, RecordedDataSource>
  readonly folders: Map<string, string>
  readonly dashboards: Map<string, { readonly title: string; readonly folderUid: string }>
  home: string | undefined
}

export interface GrafanaRecorder {
  readonly url: string
  readonly requests: string[]
  organisation(name: string): RecordedOrganisation | undefined
  /** Answers 500 to paths of this kind until it is called without one. */
  failOn(pattern?: RegExp): void
}

/** Properties of each body and their types; no others are allowed, and those with a question mark may be left out. */
const bodies = {
  organisation: { name: 'string' },
  member: { loginOrEmail: 'string', role: 'string' },
  source: {
    name: 'string',
    uid: 'string',
    type: 'string',
    access: 'string',
    url: 'string',
    isDefault: 'boolean',
    user: 'string?',
    basicAuth: 'boolean?',
    basicAuthUser: 'string?',
    jsonData: 'object',
    secureJsonData: 'object',
  },
  folder: { uid: 'string', title: 'string' },
  dashboard: { dashboard: 'object', folderUid: 'string', overwrite: 'boolean', message: 'string' },
  preferences: { homeDashboardUID: 'string' },
} as const satisfies Record<string, Record<string, string>>

function problemsOf(shape: Readonly<Record<string, string>>, body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return ['no object']
  const given = new Map<string, unknown>(Object.entries(body))
  const unknown = [...given.keys()].filter((key) => !(key in shape)).map((key) => `${key} is not known`)
  const wrong = Object.entries(shape).flatMap(([key, type]) => {
    if (!given.has(key)) return type.endsWith('?') ? [] : [`${key} is missing`]
    const value = given.get(key)
    const isRight = typeof value === type.replace('?', '') && value !== null && value !== ''
    return isRight ? [] : [`${key} is no ${type}`]
  })
  return [...unknown, ...wrong]
}

interface Answer {
  readonly status: number
  readonly body: unknown
}
const answer = (status: number, body: unknown): Answer => ({ status, body })
const notFound = (message: string) => answer(404, { message })

export async function grafanaRecorder(admin: { username: string; password: string }): Promise<GrafanaRecorder> {
  const organisations = new Map<number, RecordedOrganisation>()
  const requests: string[] = []
  let failing: RegExp | undefined
  let nextId = 2
  add('Main Org.', 1)

  function add(name: string, id: number): RecordedOrganisation {
    const made = {
      id,
      name,
      members: [],
      sources: new Map(),
      folders: new Map(),
      dashboards: new Map(),
      home: undefined,
    }
    organisations.set(id, made)
    return made
  }
  const named = (name: string) => [...organisations.values()].find((each) => each.name === name)

  function valid<K extends keyof typeof bodies>(kind: K, body: unknown): unknown {
    const problems = problemsOf(bodies[kind], body)
    if (problems.length > 0) throw new Refusal(400, `bad request data: ${kind}: ${problems.join(', ')}`)
    return body
  }

  /** The organisation that a request works on: the header's, of which the caller must be a member. */
  function current(request: IncomingMessage): RecordedOrganisation {
    const found = organisations.get(Number(request.headers['x-grafana-org-id'] ?? 1))
    if (!found || (found.id !== 1 && !found.members.includes(admin.username))) throw new Refusal(401, 'Unauthorized')
    return found
  }

  const routes: [method: string, path: RegExp, (parts: string[], body: unknown, request: IncomingMessage) => Answer][] =
    [
      [
        'GET',
        /^\/api\/orgs\/name\/([^/]+)$/,
        ([name = '']) => {
          const found = named(decodeURIComponent(name))
          return found
            ? answer(200, { id: found.id, name: found.name, address: {} })
            : notFound('Organization not found')
        },
      ],
      [
        'POST',
        /^\/api\/orgs$/,
        (_, body) => {
          const { name } = valid('organisation', body) as { name: string }
          if (named(name)) return answer(409, { message: 'Organization name taken' })
          const made = add(name, nextId++)
          made.members.push(admin.username)
          return answer(200, { orgId: made.id, message: 'Organization created' })
        },
      ],
      [
        'POST',
        /^\/api\/orgs\/(\d+)\/users$/,
        ([id], body) => {
          const { loginOrEmail } = valid('member', body) as { loginOrEmail: string }
          const found = organisations.get(Number(id))
          if (!found) return notFound('Organization not found')
          if (found.members.includes(loginOrEmail))
            return answer(409, { message: 'User is already member of this organization' })
          found.members.push(loginOrEmail)
          return answer(200, { message: 'User added to organization' })
        },
      ],
      [
        'DELETE',
        /^\/api\/orgs\/(\d+)$/,
        ([id]) =>
          organisations.delete(Number(id))
            ? answer(200, { message: 'Organization deleted' })
            : notFound('Organization not found'),
      ],
      [
        'GET',
        /^\/api\/datasources\/uid\/([^/]+)$/,
        ([uid = ''], _, request) => {
          const found = current(request).sources.get(uid)
          return found ? answer(200, { ...found, secureJsonData: undefined }) : notFound('Data source not found')
        },
      ],
      [
        'POST',
        /^\/api\/datasources$/,
        (_, body, request) => {
          const source = valid('source', body) as RecordedDataSource
          const { sources } = current(request)
          if (sources.has(source.uid)) return answer(409, { message: 'data source with the same uid already exists' })
          sources.set(source.uid, source)
          return answer(200, { message: 'Datasource added' })
        },
      ],
      [
        'PUT',
        /^\/api\/datasources\/uid\/([^/]+)$/,
        ([uid = ''], body, request) => {
          const { sources } = current(request)
          if (!sources.has(uid)) return notFound('Data source not found')
          sources.set(uid, valid('source', body) as RecordedDataSource)
          return answer(200, { message: 'Datasource updated' })
        },
      ],
      [
        'GET',
        /^\/api\/folders\/([^/]+)$/,
        ([uid = ''], _, request) =>
          current(request).folders.has(uid) ? answer(200, { uid }) : notFound('folder not found'),
      ],
      [
        'POST',
        /^\/api\/folders$/,
        (_, body, request) => {
          const { uid, title } = valid('folder', body) as { uid: string; title: string }
          current(request).folders.set(uid, title)
          return answer(200, { uid, title })
        },
      ],
      [
        'POST',
        /^\/api\/dashboards\/db$/,
        (_, body, request) => {
          const { dashboard, folderUid, overwrite } = valid('dashboard', body) as {
            dashboard: { uid: string; title: string }
            folderUid: string
            overwrite: boolean
          }
          const { dashboards, folders } = current(request)
          if (!folders.has(folderUid)) return answer(400, { message: 'folder not found' })
          if (dashboards.has(dashboard.uid) && !overwrite) return answer(412, { message: 'version-mismatch' })
          dashboards.set(dashboard.uid, { title: dashboard.title, folderUid })
          return answer(200, { uid: dashboard.uid, status: 'success' })
        },
      ],
      [
        'PATCH',
        /^\/api\/org\/preferences$/,
        (_, body, request) => {
          const { homeDashboardUID } = valid('preferences', body) as { homeDashboardUID: string }
          const own = current(request)
          if (!own.dashboards.has(homeDashboardUID)) return notFound('Dashboard not found')
          own.home = homeDashboardUID
          return answer(200, { message: 'Preferences updated' })
        },
      ],
    ]

  const expected = `Basic ${Buffer.from(`${admin.username}:${admin.password}`).toString('base64')}`
  function handle(request: IncomingMessage, text: string): Answer {
    const path = request.url ?? ''
    requests.push(`${request.method} ${path}`)
    if (request.headers.authorization !== expected) return answer(401, { message: 'Invalid username or password' })
    if (failing?.test(path)) return answer(500, { message: 'database is locked' })
    for (const [method, pattern, work] of routes) {
      const parts = request.method === method ? pattern.exec(path) : null
      if (parts) return work(parts.slice(1), text === '' ? undefined : JSON.parse(text), request)
    }
    return notFound('Not found')
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      let made: Answer
      try {
        made = handle(request, Buffer.concat(chunks).toString())
      } catch (error) {
        made =
          error instanceof Refusal
            ? answer(error.status, { message: error.message })
            : answer(500, { message: String(error) })
      }
      response.writeHead(made.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(made.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    organisation: named,
    failOn: (pattern) => void (failing = pattern),
  }
}

class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
