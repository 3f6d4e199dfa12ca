import { expect, it } from 'vitest'
import { compact, flag, instant, oneOf, taken, text } from './search-params.ts'

it('reads what is valid and drops what is not', () => {
  expect(text('  风机 ')).toBe('风机')
  expect(text(75)).toBe('75')
  expect(text('   ')).toBeUndefined()
  expect(text({})).toBeUndefined()
  expect(oneOf(['urgent', 'high'], 'high')).toBe('high')
  expect(oneOf(['urgent', 'high'], 'toString')).toBeUndefined()
  expect(flag('false')).toBe(false)
  expect(flag(1)).toBeUndefined()
  expect(instant('1760000000000')).toBe(1_760_000_000_000)
  expect(instant(-5)).toBeUndefined()
  expect(instant('soon')).toBeUndefined()
  expect(compact({ q: 'a', state: undefined, open: false })).toEqual({ q: 'a', open: false })
})

it('covers what a page does not know and what is not valid, whatever the router hands on', () => {
  const address = { state: 'bogus', utm_source: 'mail', q: 'fan' }
  const search = taken(address, { q: text(address.q), state: oneOf(['open'], address.state) })
  expect(compact({ ...address, ...search })).toEqual({ q: 'fan' })
})
