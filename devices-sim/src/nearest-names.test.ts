import { expect, it } from 'vitest'
import { fewNearest, nearestFirst } from './nearest-names.ts'

const machines = ['AC75-2403-0117', 'AC75-2212-0061', 'P100-2208-0302', 'CH1000-2105-0007', 'IM280-2306-0031']

it.each([
  ['one letter wrong', 'AC75-2403-0171', 'AC75-2403-0117'],
  ['in small letters', 'p100-2208-0302', 'P100-2208-0302'],
  ['only its end', '0031', 'IM280-2306-0031'],
  ['without its dashes', 'CH100021050007', 'CH1000-2105-0007'],
])('finds a name with %s', (_, typed, first) => expect(nearestFirst(typed, machines)[0]).toBe(first))

it('keeps every name once, and the order of those equally near', () => {
  expect(nearestFirst('', machines)).toEqual(machines)
  expect(nearestFirst('NOPE', machines).toSorted()).toEqual(machines.toSorted())
})

it('names a few and says how many there are', () => {
  expect(fewNearest('AC75', machines)).toMatch(/^AC75-2403-0117, AC75-2212-0061, [^,]+, [^,]+ … \(5 in all\)$/)
  expect(fewNearest('x', ['a', 'b'])).toBe('a, b')
})
