import { expect, it } from 'vitest'
import { eventually } from './eventually.ts'

it('returns the first thing that is found', async () => {
  const looks = [null, false, undefined, 0, 'late']
  expect(await eventually(() => looks.shift(), { what: 'a number', everyMs: 1 })).toBe(0)
})

it('takes a throwing look for "not yet"', async () => {
  let looks = 0
  const look = () => {
    looks += 1
    expect(looks).toBe(3)
    return true
  }
  expect(await eventually(look, { what: 'the third look', everyMs: 1 })).toBe(true)
})

it('tells what was awaited and what the last look found', async () => {
  const look = () => Promise.reject(new Error('the pool is empty'))
  await expect(eventually(look, { what: 'a ticket', timeoutMs: 5, everyMs: 1 })).rejects.toThrow(
    'waited 5 ms in vain for a ticket; last look: the pool is empty',
  )
})

it('tells when the condition was merely false', async () => {
  await expect(eventually(() => false, { what: 'calm', timeoutMs: 0 })).rejects.toThrow(
    'calm; last look: it returned false',
  )
})
