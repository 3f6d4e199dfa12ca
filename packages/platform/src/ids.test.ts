import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createUuidv7, uuidv7 } from './ids.ts'

const zeros = (bytes: Uint8Array) => bytes.fill(0)
const ones = (bytes: Uint8Array) => bytes.fill(0xff)

it('lays out the fields as RFC 9562 §5.7 says', () => {
  // The time of the example in RFC 9562 appendix A.6.
  expect(createUuidv7()(0x017f22e279b0, zeros)).toBe('017f22e2-79b0-7000-8000-000000000000')
  expect(createUuidv7()(0x017f22e279b0, ones)).toBe('017f22e2-79b0-77ff-bfff-ffffffffffff')
})

it('counts within a millisecond and starts anew in the next', () => {
  const next = createUuidv7()
  expect([next(1, zeros), next(1, ones), next(2, zeros)]).toEqual([
    '00000000-0001-7000-8000-000000000000',
    '00000000-0001-7001-bfff-ffffffffffff',
    '00000000-0002-7000-8000-000000000000',
  ])
})

it('strictly increases whatever the clock does', () => {
  const steps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -1000, max: 1000 })), { maxLength: 200 })
  fc.assert(
    fc.property(steps, (stepsMs) => {
      const next = createUuidv7()
      let nowMs = 1_700_000_000_000
      let last = next(nowMs)
      for (const stepMs of stepsMs) {
        const id = next((nowMs += stepMs))
        expect(id > last).toBe(true)
        expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
        last = id
      }
    }),
  )
})

it('goes on into the next millisecond when the counter runs over', () => {
  const next = createUuidv7()
  const ids = Array.from({ length: 10_000 }, () => next(1_700_000_000_000))
  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(ids.length)
})

it('uses the clock and real randomness by default', () => {
  const ids = Array.from({ length: 1000 }, () => uuidv7())
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(1000)
  expect(ids).toEqual([...ids].sort())
})
