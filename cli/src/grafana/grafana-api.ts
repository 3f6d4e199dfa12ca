import type { Dashboard } from '@fettle/provisioning/grafana/dashboard'
import type { DataSource } from '@fettle/provisioning/grafana/data-sources'
import { UserError } from '../user-error.ts'

export interface GrafanaAccess {
  /** Without a closing slash. */
  readonly url: string
  /** An administrator of the server, not of one organisation. */
  readonly username: string
  readonly password: string
}

/**
 * What we want of Grafana's HTTP API (12; the paths are those of its documentation). Everything may be done again. Rejects with a
 * UserError that says what Grafana answered; it never shows a password.
 */
export interface GrafanaApi {
  /** Whether it is there, lets us in, and the name is not that of its main organisation. */
  check(name: string): Promise<void>
  /** The number of the organisation of that name; makes it when there is none. */
  ensureOrganisation(name: string): Promise<number>
  /** Whether there was one. */
  removeOrganisation(orgId: number): Promise<boolean>
  saveDataSource(orgId: number, source: DataSource): Promise<void>
  /** Into our folder, in place of the one that is there. */
  saveDashboard(orgId: number, dashboard: Dashboard): Promise<void>
  /** What its people see first. */
  setHome(orgId: number, dashboardUid: string): Promise<void>
}

const folder = { uid: 'fettle', title: '机康' }
/** The organisation that every Grafana begins with, which is ours. */
const mainOrgId = 1

export function createGrafanaApi(access: GrafanaAccess): GrafanaApi {
  const { url, username, password } = access
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

  /** Statuses in `allowed` are answers as well; any other bad one rejects. */
  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { body, orgId, allowed = [] } = options
    let response: Response
    try {
      response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(orgId !== undefined && { 'x-grafana-org-id': String(orgId) }),
        },
        signal: AbortSignal.timeout(30_000),
        redirect: 'error',
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    } catch (cause) {
      throw new UserError(`Grafana at ${url} cannot be reached: check GRAFANA_URL.`, { cause })
    }
    const content = jsonOf(await response.text())
    const { status } = response
    if (response.ok || allowed.includes(status)) return { status, content }
    if (status === 401 || status === 403) {
      throw new UserError(
        `Grafana at ${url} does not let ${username} do that (${status}): GRAFANA_ADMIN_USER and GRAFANA_ADMIN_PASSWORD must be those of an administrator of the server.`,
      )
    }
    throw new UserError(`Grafana at ${url} answers ${status} to ${method} ${path}: ${messageOf(content)}`)
  }

  async function ensureFolder(orgId: number): Promise<void> {
    const { status } = await call('GET', `/api/folders/${folder.uid}`, { orgId, allowed: [404] })
    if (status === 404) await call('POST', '/api/folders', { orgId, body: folder, allowed: [409, 412] })
  }

  /** Its number; undefined when there is none of that name. */
  async function findOrganisation(name: string): Promise<number | undefined> {
    const { status, content } = await call('GET', `/api/orgs/name/${encodeURIComponent(name)}`, { allowed: [404] })
    const orgId = status === 404 ? undefined : numberIn(content, 'id')
    if (orgId === mainOrgId) throw new UserError(`${name} is Grafana’s main organisation, which is your own.`)
    return orgId
  }

  return {
    async check(name) {
      await findOrganisation(name)
    },
    async ensureOrganisation(name) {
      const orgId =
        (await findOrganisation(name)) ??
        numberIn((await call('POST', '/api/orgs', { body: { name } })).content, 'orgId')
      // Whoever makes an organisation is in it; of one that was there we must be a member to work on it.
      const member = { loginOrEmail: username, role: 'Admin' }
      await call('POST', `/api/orgs/${orgId}/users`, { body: member, allowed: [409] })
      return orgId
    },
    async removeOrganisation(orgId) {
      const { status } = await call('DELETE', `/api/orgs/${orgId}`, { allowed: [404] })
      return status !== 404
    },
    async saveDataSource(orgId, source) {
      const path = `/api/datasources/uid/${source.uid}`
      const { status } = await call('GET', path, { orgId, allowed: [404] })
      if (status === 404) await call('POST', '/api/datasources', { orgId, body: source })
      else await call('PUT', path, { orgId, body: source })
    },
    async saveDashboard(orgId, dashboard) {
      await ensureFolder(orgId)
      const body = { dashboard, folderUid: folder.uid, overwrite: true, message: 'fettle grafana org create' }
      await call('POST', '/api/dashboards/db', { orgId, body })
    },
    async setHome(orgId, homeDashboardUID) {
      await call('PATCH', '/api/org/preferences', { orgId, body: { homeDashboardUID } })
    },
  }
}

interface CallOptions {
  readonly body?: unknown
  readonly orgId?: number
  readonly allowed?: readonly number[]
}

interface Answer {
  readonly status: number
  readonly content: unknown
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function messageOf(content: unknown): string {
  const said = typeof content === 'object' && content !== null && 'message' in content ? content.message : content
  return (typeof said === 'string' ? said : JSON.stringify(said)).slice(0, 300)
}

function numberIn(content: unknown, key: string): number {
  const value: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, key) : undefined
  if (typeof value === 'number') return value
  throw new UserError(`Grafana answers without ${key}: is it Grafana?`)
}
