import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateReading } from './validate-reading.ts'

const now = Date.UTC(2026, 10, 22, 3, 12)
const year2000 = Date.UTC(2000, 0, 1)

describe('validateReading', () => {
  it.each<[string, unknown, unknown, unknown, string | undefined]>([
    ['a number is sound', now, 71.2, 0, undefined],
    ['a boolean is sound', now, false, 1, undefined],
    ['a text is sound', now, 'RUN', 0, undefined],
    ['a bad reading may carry null', now, null, 2, undefined],
    ['a bad reading may carry its doubtful value', now, 71.2, 2, undefined],
    ['null is no good value', now, null, 0, 'value/wrong-type'],
    ['nothing is no value', now, undefined, 2, 'value/wrong-type'],
    ['an object is no value', now, { v: 1 }, 0, 'value/wrong-type'],
    ['an array is no value', now, [1], 0, 'value/wrong-type'],
    ['NaN is refused', now, NaN, 0, 'value/not-a-number'],
    ['1e999 is refused', now, Infinity, 0, 'value/not-a-number'],
    ['NaN is refused even when bad, for null says that', now, NaN, 2, 'value/not-a-number'],
    ['a quality of 3 is refused', now, 1, 3, 'quality/unknown'],
    ['a quality in words is refused', now, 1, 'good', 'quality/unknown'],
    ['a missing quality is refused', now, 1, undefined, 'quality/unknown'],
    ['a text is no time', '2026-11-22', 1, 0, 'time/not-a-time'],
    ['NaN is no time', NaN, 1, 0, 'time/not-a-time'],
    ['half a millisecond is no time', now + 0.5, 1, 0, 'time/not-a-time'],
    ['1970 is a clock that was never set', 0, 1, 0, 'time/too-old'],
    ['seconds taken for milliseconds are too old', Math.floor(now / 1000), 1, 0, 'time/too-old'],
    ['the last moment of 1999 is too old', year2000 - 1, 1, 0, 'time/too-old'],
    ['the first moment of 2000 is not', year2000, 1, 0, undefined],
    ['ten minutes ahead is a lax clock', now + 600_000, 1, 0, undefined],
    ['more than ten minutes ahead is not', now + 600_001, 1, 0, 'time/too-far-ahead'],
    ['2100 is too far ahead', Date.UTC(2100, 0, 1), 1, 0, 'time/too-far-ahead'],
  ])('%s', (_, tsMs, value, quality, expected) => {
    expect(validateReading(tsMs, value, quality, now)).toBe(expected)
  })

  it('lets nothing through that the wire schema forbids', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (tsMs, value, quality) => {
        if (validateReading(tsMs, value, quality, now) !== undefined) return
        expect(Number.isInteger(tsMs)).toBe(true)
        expect([0, 1, 2]).toContain(quality)
        expect(value === null ? quality : typeof value).toSatisfy((seen) =>
          [2, 'number', 'boolean', 'string'].includes(seen as never),
        )
      }),
    )
  })
})
