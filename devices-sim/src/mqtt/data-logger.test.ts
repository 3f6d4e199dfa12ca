import { expect, it } from 'vitest'
import { createDataLogger } from './data-logger.ts'

const hourMs = 3_600_000
const reading = (at: number) => ({ at, values: {} })
const times = (logger: ReturnType<typeof createDataLogger>) => logger.oldest(Infinity).map(({ at }) => at)

it('hands out the oldest first and keeps them until they are forgotten', () => {
  const logger = createDataLogger([reading(1), reading(2)])
  logger.keep(reading(3))
  const batch = logger.oldest(2)
  expect(batch.map(({ at }) => at)).toEqual([1, 2])
  expect(times(logger)).toEqual([1, 2, 3])
  logger.keep(reading(4))
  logger.forget(batch)
  expect(times(logger)).toEqual([3, 4])
})

it('puts a reading that comes back from the wire where its time belongs', () => {
  const logger = createDataLogger([reading(10), reading(30)])
  logger.keep(reading(20))
  expect(times(logger)).toEqual([10, 20, 30])
})

it('holds 48 hours: then the oldest makes room', () => {
  const logger = createDataLogger()
  for (let hour = 0; hour <= 60; hour++) logger.keep(reading(hour * hourMs))
  expect(times(logger)[0]).toBe(13 * hourMs)
  expect(times(logger)).toHaveLength(48)
})
