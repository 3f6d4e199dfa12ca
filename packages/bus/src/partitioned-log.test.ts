import fc from 'fast-check'
import { expect, it } from 'vitest'
import { partitionOf } from './partitioned-log.ts'

it.each([
  // FNV-1a 32 of the published test vectors, so that another language can check its own: '' 811c9dc5, 'a' e40c292c, 'foobar' bf9cf968
  ['', 2 ** 32, 0x811c9dc5],
  ['a', 2 ** 32, 0xe40c292c],
  ['foobar', 2 ** 32, 0xbf9cf968],
  ['foobar', 64, 0x28],
  ['空压机-01', 64, 31],
])('the partition of %j among %d is %d, for ever', (key, partitions, expected) => {
  expect(partitionOf(key, partitions)).toBe(expected)
})

it('always names an existing partition', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 1024 }), (key, partitions) => {
      const partition = partitionOf(key, partitions)
      expect(Number.isInteger(partition)).toBe(true)
      expect(partition).toBeGreaterThanOrEqual(0)
      expect(partition).toBeLessThan(partitions)
    }),
  )
})

it('spreads keys evenly', () => {
  const counts = new Map<number, number>()
  for (let i = 0; i < 6400; i++) {
    const partition = partitionOf(`asset-${i}`, 64)
    counts.set(partition, (counts.get(partition) ?? 0) + 1)
  }
  expect(counts.size).toBe(64)
  expect(Math.max(...counts.values())).toBeLessThan(200)
})
