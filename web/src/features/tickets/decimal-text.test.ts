import { Measured } from '@fettle/contracts/scalars'
import { expect, it } from 'vitest'
import { centsOf, isDecimal, isPositiveDecimal, MEASURED_MOST, measuredFault, normalDecimal } from './decimal-text.ts'

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

it.each([
  ['2.55', null],
  ['２，５５', null],
  ['99999.99', null],
  ['100000', 'tooLarge'],
  ['99999999999', 'tooLarge'],
  ['2.555', 'wrong'],
  ['2.', 'wrong'],
  ['two', 'wrong'],
])('“%s” as hours or kilometres: %s', (typed, fault) => expect(measuredFault(typed)).toBe(fault))

it('sends hours and kilometres exactly as far as the contract takes them', () => {
  const taken = new RegExp(String(Reflect.get(Measured, 'pattern')))
  expect(taken.test(MEASURED_MOST)).toBe(true)
  expect(taken.test('100000')).toBe(false)
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
