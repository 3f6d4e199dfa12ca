import { describe, expect, it } from 'vitest'
import { unstorableText } from './unstorable-text.ts'

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

describe('text that cannot be stored', () => {
  it.each([
    ['a NUL', { text: 'a\0b' }, '/text'],
    ['half of a surrogate pair, anywhere', { lines: [{ note: 'ok' }, { note: '\ud800' }] }, '/lines/1/note'],
    ['a name', { more: { 'a\0': 1 } }, '/more'],
  ])('%s', (_, value, path) => {
    expect(unstorableText(value)?.path).toBe(path)
  })

  it.each([
    ['Chinese and a whole pair', { text: '螺杆空压机 🛠' }],
    ['the escape itself as text', { text: '\\u0000' }],
    ['no text at all', { a: [1, null, true] }],
    ['deep, but not too deep', nested(31)],
  ])('not: %s', (_, value) => {
    expect(unstorableText(value)).toBeUndefined()
  })

  it('stops before its own calls run out', () => {
    expect(unstorableText(nested(5_000))?.reason).toBe('is nested too deeply')
  })
})
