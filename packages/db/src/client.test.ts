import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safeInteger } from './client.ts'

it('keeps every integer that a number holds exactly', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(safeInteger(String(value))).toBe(value)
    }),
  )
})

it.each(['9007199254740992', '-9007199254740992', '9223372036854775807'])(
  'refuses %s rather than rounding it',
  (text) => {
    expect(() => safeInteger(text)).toThrow(text)
  },
)
