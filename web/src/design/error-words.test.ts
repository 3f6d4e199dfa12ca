import { ApiError } from '@fettle/contracts/client'
import type { Problem } from '@fettle/contracts/problem'
import { expect, it } from 'vitest'
import { errorKind, errorReasons, errorReference } from './error-words.ts'

const problem = (code: Problem['code'], more: Partial<Problem> = {}): Problem => ({
  type: 'about:blank',
  title: 'refused',
  status: 409,
  code,
  ...more,
})

it.each([
  ['no network', new ApiError(0, null), 'offline'],
  ['a proxy without the server', new ApiError(502, null), 'unavailable'],
  ['a server that broke', new ApiError(500, problem('server/internal')), 'server'],
  ['somebody was faster', new ApiError(409, problem('resource/stale')), 'stale'],
  [
    'an address that was cut off',
    new ApiError(
      400,
      problem('request/invalid', { errors: [{ path: 'params/assetId', message: 'must match pattern' }] }),
    ),
    'notFound',
  ],
  [
    'a field that was filled in wrongly',
    new ApiError(400, problem('request/invalid', { errors: [{ path: 'body/reason', message: 'too short' }] })),
    'invalid',
  ],
  ['a rule of the domain', new ApiError(422, problem('stock/insufficient')), 'refused'],
  ['a mistake of ours', new TypeError('x is undefined'), 'unknown'],
])('%s', (_, error, kind) => expect(errorKind(error)).toBe(kind))

it('quotes the code and the request', () => {
  expect(errorReference(new ApiError(409, problem('resource/stale', { instance: 'req-7' })))).toBe(
    'resource/stale · req-7',
  )
  expect(errorReference(new ApiError(503, null))).toBe('HTTP 503')
  expect(errorReference(new ApiError(0, null))).toBeUndefined()
})

it('finds the reasons that the domain gave in both languages', () => {
  const reason = { zh: '只有 1 件', en: 'only 1 left' }
  expect(errorReasons(new ApiError(409, problem('stock/insufficient', { context: { part: 'A5', reason } })))).toEqual([
    reason,
  ])
  expect(
    errorReasons(new ApiError(422, problem('engineer/not-qualified', { context: { reasons: [reason] } }))),
  ).toEqual([reason])
  expect(
    errorReasons(new ApiError(422, problem('engineer/not-qualified', { context: { reasons: ['x', null] } }))),
  ).toEqual([])
  expect(errorReasons(new ApiError(404, problem('resource/not-found')))).toEqual([])
  expect(errorReasons(new Error('secret'))).toEqual([])
})
