import { expect, it } from 'vitest'
import { alarmDecimals } from './alarm-decimals.ts'

it.each([
  [100, 1],
  [0.85, 3],
  [7.1, 2],
  [-30, 1],
  [0.123_45, 4],
])('a limit of %d is shown with %d decimals beside its value', (limit, decimals) =>
  expect(alarmDecimals({ limit })).toBe(decimals),
)
