import { expect, it } from 'vitest'
import { fromLocalInput, nextHalfHour, toLocalInput } from './local-time.ts'

it('goes into the field and out of it without losing a minute, in any zone', () => {
  const epochMs = new Date(2026, 10, 2, 4, 5).getTime()
  expect(toLocalInput(epochMs)).toBe('2026-11-02T04:05')
  expect(fromLocalInput(toLocalInput(epochMs))).toBe(epochMs)
})

it.each(['', '2026-11-02', 'tomorrow'])('takes “%s” as not yet filled in', (text) => {
  expect(fromLocalInput(text)).toBeNull()
})

it('rounds up to the half hour', () => {
  const at = (minute: number) => Date.UTC(2026, 10, 2, 4, minute)
  expect(nextHalfHour(at(1))).toBe(at(30))
  expect(nextHalfHour(at(30))).toBe(at(30))
})
