import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortestFloat32 } from './float32.ts'

it.each([71.2, 0.1, -273.15, 16777215, 1e-10, 0])('%d comes back as it was written', (value) => {
  expect(shortestFloat32(Math.fround(value))).toBe(value)
})

it('is always the same float', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      expect(Math.fround(shortestFloat32(value)) === value).toBe(true)
    }),
  )
  expect(shortestFloat32(NaN)).toBeNaN()
})
