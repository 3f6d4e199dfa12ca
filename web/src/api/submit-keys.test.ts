import { describe, expect, it } from 'vitest'
import { createSubmitKeys, randomUuid } from './submit-keys.ts'

function counted() {
  let next = 0
  return createSubmitKeys(() => `key-${(next += 1)}`)
}

describe('idempotency keys of a form', () => {
  it('repeats the key while the same request has no answer', () => {
    const keys = counted()
    expect(keys.keyOf({ body: { quantity: '1' } })).toBe('key-1')
    expect(keys.keyOf({ body: { quantity: '1' } })).toBe('key-1')
  })
  it('takes a new key for another request and after an answer', () => {
    const keys = counted()
    expect(keys.keyOf({ body: { quantity: '1' } })).toBe('key-1')
    expect(keys.keyOf({ body: { quantity: '2' } })).toBe('key-2')
    keys.settle({ body: { quantity: '1' } })
    expect(keys.keyOf({ body: { quantity: '1' } })).toBe('key-3')
    expect(keys.keyOf({ body: { quantity: '2' } })).toBe('key-2')
  })
})

it('makes version 4 UUIDs', () => {
  expect(randomUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
