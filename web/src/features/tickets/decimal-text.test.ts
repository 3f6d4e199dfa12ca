import { expect, it } from 'vitest'
import { centsOf, isDecimal, isPositiveDecimal, normalDecimal } from './decimal-text.ts'

it.each([
  ['2.50', '2.5'],
  [' 110 ', '110'],
  ['2,5', '2.5'],
  ['２．５', '2.5'],
  ['0', '0'],
])('“%s” is %s on the wire', (typed, wire) => {
  expect(isDecimal(typed)).toBe(true)
  expect(normalDecimal(typed)).toBe(wire)
})

it.each(['', 'two', '1.23456', '-1', '1e3'])('“%s” is refused', (typed) => expect(isDecimal(typed)).toBe(false))

it('takes no more decimals than are meant', () => {
  expect(isDecimal('2.55', 2)).toBe(true)
  expect(isDecimal('２，５５', 2)).toBe(true)
  expect(isDecimal('2.555', 2)).toBe(false)
  expect(isDecimal('2.', 2)).toBe(false)
})

it('knows zero from a quantity', () => {
  expect(isPositiveDecimal('0.00')).toBe(false)
  expect(isPositiveDecimal('0.5')).toBe(true)
})

it.each([
  ['1150', 115_000],
  ['25.5', 2_550],
  ['-0.01', -1],
  ['1.005', null],
  ['', null],
])('“%s” yuan are %s cents', (typed, cents) => expect(centsOf(typed)).toBe(cents))
