import { auditLog } from '@fettle/db/schema/identity'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { url, tokenOf, company, deps } = await testApi()

async function post(path: string, body: string, username = 'desk') {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf(username)}`, 'content-type': 'application/json' },
    body,
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    problem: (await response.json()) as { code: string },
  }
}

async function get(path: string) {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${await tokenOf('manager')}` } })
  return { status: response.status, problem: (await response.json()) as { code: string; errors?: { path: string }[] } }
}

const forged = (sort: string, value: string, id: string) =>
  Buffer.from(JSON.stringify([sort, JSON.stringify([value, id])])).toString('base64url')

describe('a bad request gets problem+json with a stable code and changes nothing', () => {
  const ticket = {
    assetId: company.assetLinqing,
    type: 'repair',
    source: 'phone',
    priority: 'normal',
    title: '异响',
    description: '',
  }
  it.each([
    ['malformed JSON', '{"assetId":', 400, 'request/invalid'],
    ['wrong types', JSON.stringify({ ...ticket, title: 7 }), 400, 'request/invalid'],
    ['a missing field', JSON.stringify({ ...ticket, assetId: undefined }), 400, 'request/invalid'],
    [
      'an unknown machine',
      JSON.stringify({ ...ticket, assetId: '01890000-0000-7000-8000-000000000000' }),
      404,
      'resource/not-found',
    ],
    ['a character that no row can hold', JSON.stringify({ ...ticket, title: 'a\0b' }), 400, 'request/invalid'],
    ['half a character', JSON.stringify({ ...ticket, description: '\ud800' }), 400, 'request/invalid'],
    [
      'an unknown failure mode',
      JSON.stringify({ ...ticket, failureModeId: '01890000-0000-7000-8000-000000000000' }),
      404,
      'resource/not-found',
    ],
    ['5 MB', JSON.stringify({ ...ticket, description: 'x'.repeat(5 * 1024 * 1024) }), 413, 'request/too-large'],
  ])('%s', async (_, body, status, code) => {
    const answer = await post('/api/v1/tickets', body)
    expect(answer.status).toBe(status)
    expect(answer.type).toContain('application/problem+json')
    expect(answer.problem.code).toBe(code)
  })

  it.each([
    ['a filter that does not exist', '/api/v1/tickets?stat=closed', 400],
    ['a cursor of another list', '/api/v1/tickets?cursor=bm9wZQ', 400],
    ['a field that cannot be sorted by', '/api/v1/tickets?sort=password', 400],
    ['a field of every object', '/api/v1/tickets?sort=constructor', 400],
    ['text that no row can hold', '/api/v1/tickets?q=%00', 400],
    ['a forged cursor', `/api/v1/tickets?cursor=${forged('-createdAt', 'yesterday', 'x')}`, 400],
    ['a forged number in a cursor', `/api/v1/stock/movements?cursor=${forged('-sequence', '9'.repeat(30), 'x')}`, 400],
    [
      'a forged place in a timeline',
      `/api/v1/assets/${company.assetLinqing}/timeline?cursor=2026_${'-'.repeat(36)}`,
      400,
    ],
    ['a year before all clocks', '/api/v1/visits?from=0000-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 400],
    ['an address that is none', '/api/v1/tickets/%E0%A4%A', 400],
    ['a limit out of bounds', '/api/v1/tickets?limit=100000', 400],
    ['an id that is none', '/api/v1/tickets/1', 400],
    ['a span that ends before it begins', `/api/v1/signals/${company.temperature}/history?from=10&to=5`, 422],
    ['1,001 buckets', `/api/v1/signals/${company.temperature}/history?from=0&to=5&buckets=1001`, 400],
  ])('%s', async (_, path, status) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.problem.code).toMatch(/^(request|signal)\//)
  })

  const line = { side: 'cost', kind: 'freight', description: '运费', quantity: '1', unit: '票', taxIncluded: true }
  it.each([
    ['a tax of 1,300 %', { unitPriceCents: 100, taxRate: '13' }],
    ['a tax below nothing', { unitPriceCents: 100, taxRate: '-0.13' }],
    ['more money than there is', { unitPriceCents: 1e300, taxRate: '0.13' }],
  ])('money with %s', async (_, wrong) => {
    const path = `/api/v1/tickets/${company.assetLinqing}/money`
    const answer = await post(path, JSON.stringify({ ...line, payer: 'us', ...wrong }), 'finance')
    expect(answer.problem.code).toBe('request/invalid')
  })

  it('a version and an id that no column holds', async () => {
    const mode = { mode: 'maintenance', reason: '保养', expectedVersion: 99_999_999_999 }
    expect((await post(`/api/v1/assets/${company.assetLinqing}/mode`, JSON.stringify(mode), 'admin')).status).toBe(400)
    expect((await post('/api/v1/dead-letters/99999999999999999999/replay', '{}', 'admin')).status).toBe(400)
  })

  it('hours below nothing, which would take money back', async () => {
    const report = { finding: '轴承磨损', work: '更换轴承', outcome: 'confirmed', expectedVersion: 1 }
    const hours = { workHours: '-8', travelHours: '0', travelKm: '0' }
    const path = `/api/v1/tickets/${company.assetLinqing}/report`
    expect((await post(path, JSON.stringify({ ...report, ...hours }), 'engineer')).status).toBe(400)
  })

  it('wrong credentials, whoever they name, answer the same', async () => {
    const answers = await Promise.all(
      ['admin', 'nobody'].map((username) =>
        fetch(`${url}/api/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username, password: 'wrong' }),
        }).then(async (response) => [response.status, ((await response.json()) as { code: string }).code]),
      ),
    )
    expect(answers).toEqual([
      [401, 'session/wrong-credentials'],
      [401, 'session/wrong-credentials'],
    ])
    const trail = await deps.database.db.select().from(auditLog).where(eq(auditLog.outcome, 401))
    expect(
      trail
        .toSorted((a, b) => a.actor.localeCompare(b.actor))
        .map(({ operation, actor, role }) => [operation, actor, role]),
    ).toEqual([
      ['signIn', 'admin', 'admin'],
      ['signIn', 'nobody', 'unknown'],
    ])
    expect(JSON.stringify(trail)).not.toContain('wrong')
  })

  it('health, readiness, metrics and OpenAPI need no session', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/api/v1/openapi.json']) {
      expect((await fetch(url + path)).status, path).toBe(200)
    }
    const openapi = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as { openapi: string; paths: object }
    expect(openapi.openapi).toBe('3.1.0')
    expect(Object.keys(openapi.paths)).toContain('/api/v1/tickets/{ticketId}/assign')
  })
})
