import { expect, it } from 'vitest'
import { createServerClock } from './server-clock.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const header = new Date(noon).toUTCString()

it.each([
  ['is four minutes slow', -240_000, noon],
  ['is an hour fast', 3_600_000, noon],
  ['is right but for what the way takes', 1_500, noon + 1_500],
])('a desk whose clock %s', (_, wrongBy, expected) => {
  const clock = createServerClock(() => noon + wrongBy)
  clock.follow(header)
  expect(clock.now()).toBe(expected)
})

it('goes back to the local clock once that was set right, and ignores what is no date', () => {
  let wrongBy = -600_000
  const clock = createServerClock(() => noon + wrongBy)
  clock.follow(header)
  expect(clock.now()).toBe(noon)
  wrongBy = 0
  clock.follow(header)
  clock.follow(null)
  clock.follow('soon')
  expect(clock.now()).toBe(noon)
})
