import { describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { url, tokenOf, company } = await testApi()

async function post(path: string, body: string, type = 'application/json') {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf('desk')}`, 'content-type': type },
    body,
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    problem: (await response.json()) as { code: string },
  }
}

async function get(path: string, token?: string) {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${token ?? (await tokenOf('desk'))}` } })
  return { status: response.status, problem: (await response.json()) as { code: string; errors?: { path: string }[] } }
}

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
    ['a limit out of bounds', '/api/v1/tickets?limit=100000', 400],
    ['an id that is none', '/api/v1/tickets/1', 400],
    ['a span that ends before it begins', `/api/v1/signals/${company.temperature}/history?from=10&to=5`, 422],
    ['1,001 buckets', `/api/v1/signals/${company.temperature}/history?from=0&to=5&buckets=1001`, 400],
  ])('%s', async (_, path, status) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.problem.code).toMatch(/^(request|signal)\//)
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
