import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketGrid, checkSpan } from './bucket-grid.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const minute = 60_000
const hour = 60 * minute

it.each([
  ['a minute in sixty', noon, noon + minute, 60, { startMs: noon, bucketMs: 1_000, count: 60 }],
  ['a minute in fifty takes the next width', noon, noon + minute, 50, { startMs: noon, bucketMs: 2_000, count: 30 }],
  ['a grid lies on the epoch', noon + 700, noon + 2_100, 3, { startMs: noon, bucketMs: 1_000, count: 3 }],
  ['a week', noon - 168 * hour, noon, 500, { startMs: noon - 168 * hour, bucketMs: 30 * minute, count: 336 }],
  ['thirty days', noon - 720 * hour, noon, 500, { startMs: noon - 720 * hour, bucketMs: 2 * hour, count: 360 }],
  ['wide buckets begin with an hour', noon + 5, noon + 90 * hour, 30, { startMs: noon, bucketMs: 3 * hour, count: 30 }],
  [
    'one bucket over the turn of an hour',
    noon - 1,
    noon + 1,
    1,
    { startMs: noon - hour, bucketMs: 2 * hour, count: 1 },
  ],
])('%s', (_, fromMs, toMs, buckets, expected) => {
  expect(bucketGrid({ fromMs, toMs }, buckets)).toEqual(expected)
})

it('covers any span within any number of buckets', () => {
  const span = fc.tuple(fc.nat(4_102_444_800_000), fc.nat(20 * 365 * 24 * hour), fc.integer({ min: 1, max: 1_000 }))
  fc.assert(
    fc.property(span, ([fromMs, length, buckets]) => {
      const toMs = fromMs + 1 + length
      const { startMs, bucketMs, count } = bucketGrid({ fromMs, toMs }, buckets)
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThanOrEqual(buckets)
      expect(startMs).toBeLessThanOrEqual(fromMs)
      expect(fromMs - startMs).toBeLessThan(Math.min(bucketMs, hour))
      expect(startMs + count * bucketMs).toBeGreaterThanOrEqual(toMs)
      expect(startMs + (count - 1) * bucketMs).toBeLessThan(toMs)
      expect(bucketMs < hour ? hour % bucketMs : bucketMs % hour).toBe(0)
    }),
  )
})

it.each([
  ['a span that ends before it begins', 2, 1, 1],
  ['an empty span', 1, 1, 1],
  ['half a millisecond', 0.5, 2, 1],
  ['no time', NaN, 2, 1],
  ['no bucket', 1, 2, 0],
  ['too many buckets', 1, 2, 1_001],
])('refuses %s', (_, fromMs, toMs, buckets) => {
  expect(() => checkSpan({ signalId: 's', fromMs, toMs }, buckets)).toThrow(
    expect.objectContaining({ code: 'store/bad-span' }),
  )
})
