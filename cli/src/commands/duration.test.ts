import { InvalidArgumentError } from 'commander'
import { expect, it } from 'vitest'
import { parseDuration } from './duration.ts'

it.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

it.each(['', '10', 'm', '-5m', '0s', '10 m', '10min', '1e3s', 'NaNs', 'Infinityh'])('%j is no time', (text) => {
  expect(() => parseDuration(text)).toThrow(InvalidArgumentError)
})
