import { openOperations, operations, type OperationId } from '@fettle/contracts/operations'
import { roles, type Role } from '@fettle/contracts/roles'
import { listAssets } from '@fettle/contracts/assets'
import { createTicket, getTicket, listTickets } from '@fettle/contracts/tickets'
import { getHistory } from '@fettle/contracts/telemetry'
import { uuidv7 } from '@fettle/platform/ids'
import { describe, expect, it } from 'vitest'
import { permits } from '../src/policy/permissions.ts'
import { testApi } from './test-api.ts'

const { url, as, company, tokenOf } = await testApi()

const operationIds = Object.keys(operations) as OperationId[]
const guarded = operationIds.filter((id) => !(openOperations as readonly string[]).includes(id))

/** Calls an operation on things that do not exist: what answers is the policy, or the search for them after it. */
async function statusOf(id: OperationId, token: string | undefined): Promise<number> {
  const { method, url: path } = operations[id]
  const address = url + path.replace(':deadLetterId', '1').replace(/:\w+/g, uuidv7())
  const leave = new AbortController()
  const response = await fetch(address, {
    method,
    signal: leave.signal,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
  })
  leave.abort()
  return response.status
}

describe('every route × role', () => {
  it.each(guarded)('%s needs a session', async (id) => {
    expect(await statusOf(id, undefined)).toBe(401)
    expect(await statusOf(id, 'not-a-token')).toBe(401)
  })

  const matrix = guarded
    .filter((id) => id !== 'signOut')
    .flatMap((id) => roles.map((role): [OperationId, Role, boolean] => [id, role, permits(role, id)]))
  it.each(matrix)('%s by %s: %s', async (id, role, allowed) => {
    const status = await statusOf(id, await tokenOf(role))
    if (allowed) expect(status).not.toBe(403)
    else expect(status).toBe(403)
    expect(status).not.toBe(401)
    expect(status).toBeLessThan(500)
  })

  it('refuses an address of the API that no contract names', async () => {
    const response = await fetch(`${url}/api/v1/secrets`, {
      headers: { authorization: `Bearer ${await tokenOf('admin')}` },
    })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'request/route-not-found' })
  })

  it('refuses a write that a cookie authorises when it comes from another site', async () => {
    const response = await fetch(`${url}/api/v1/tickets`, {
      method: 'POST',
      headers: {
        cookie: `fettle_session=${await tokenOf('admin')}`,
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/json',
      },
      body: '{}',
    })
    expect(response.status).toBe(403)
  })
})

describe('whose rows', () => {
  const everywhere = ['AC75-2111-0143', 'AC75-2403-0117']
  it.each([
    ['admin', everywhere],
    ['manager', everywhere],
    ['dispatcher', everywhere],
    ['expert', everywhere],
    ['engineer', ['AC75-2403-0117']],
    ['engineer-suzhou', []],
    ['engineer-dongguan', ['AC75-2111-0143']],
    ['branch', ['AC75-2111-0143']],
    ['customer', ['AC75-2403-0117']],
    ['customer-qipei', ['AC75-2111-0143']],
  ])('%s sees the machines %j', async (username, keys) => {
    const { items } = await (await as(username))(listAssets, { querystring: {} })
    expect(items.map(({ key }) => key)).toEqual(keys)
  })

  it('a ticket, its parts and its history are not there for those outside', async () => {
    const desk = await as('desk')
    const { ticket } = await desk(createTicket, {
      body: {
        assetId: company.assetLinqing,
        type: 'repair',
        source: 'phone',
        priority: 'normal',
        title: '漏油',
        description: '',
      },
    })
    for (const outsider of ['engineer-suzhou', 'engineer-dongguan', 'branch', 'customer-qipei']) {
      const call = await as(outsider)
      const { items } = await call(listTickets, { querystring: {} })
      expect(items.map(({ id }) => id)).not.toContain(ticket.id)
      const notFound = { status: 404, problem: { code: 'resource/not-found' } }
      await expect(call(getTicket, { params: { ticketId: ticket.id } })).rejects.toMatchObject(notFound)
      const history = call(getHistory, {
        params: { signalId: company.temperature },
        querystring: { from: 0, to: 1_000 },
      })
      await expect(history).rejects.toMatchObject(notFound)
    }
    for (const insider of ['engineer', 'customer', 'finance']) {
      const found = await (await as(insider))(getTicket, { params: { ticketId: ticket.id } })
      expect(found.margin === null).toBe(insider !== 'finance')
    }
  })
})
