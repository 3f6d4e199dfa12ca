import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunksOf, countForBatch, maxBatchBytes, maxBatchReadings } from './batch.ts'
import type { Reading } from './driver.ts'

const reading = (value: Reading[3]): Reading => ['D', 's', 1_760_000_000_000, value, 0]

describe('chunks', () => {
  it('keep every reading in order and stay within the limits of a batch', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.string({ maxLength: 3_000, unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 1_200, size: 'max' }), (values) => {
        const chunks = chunksOf(values.map(reading))
        const parsed = chunks.flatMap(({ text }) => JSON.parse(`[${text}]`) as Reading[])
        expect(parsed).toEqual(JSON.parse(JSON.stringify(values.map(reading))))
        for (const { text, bytes, count } of chunks) {
          expect(Buffer.byteLength(text)).toBe(bytes)
          expect(bytes).toBeLessThanOrEqual(maxBatchBytes)
          expect(count).toBeLessThanOrEqual(maxBatchReadings)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('refuse a reading that no batch could hold', () => {
    expect(() => chunksOf([reading('x'.repeat(maxBatchBytes))])).toThrow(RangeError)
  })

  it('are joined until a batch is full, and never fewer than one', () => {
    const sized = (count: number, bytes = count) => ({ text: '', count, bytes })
    expect(countForBatch([sized(200), sized(200), sized(101), sized(1)])).toBe(2)
    expect(countForBatch([sized(200), sized(300), sized(1)])).toBe(2)
    expect(countForBatch([sized(1, maxBatchBytes), sized(1, 1)])).toBe(1)
    expect(countForBatch([sized(500)])).toBe(1)
    expect(countForBatch([])).toBe(0)
  })
})
