import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxBlockLength, narrow, plan, planTogether, type Area, type Span } from './plan.ts'

const registers = (...spans: [address: number, length: number][]): Span[] =>
  spans.map(([address, length]) => ({ area: 'holding', address, length }))

const shape = (blocks: Span[]) => blocks.map(({ address, length }) => [address, length])

describe('plan', () => {
  it.each<[string, Span[], number[][]]>([
    ['neighbours share a request', registers([0, 2], [2, 1]), [[0, 3]]],
    ['eight unwanted registers are read along', registers([0, 1], [9, 1]), [[0, 10]]],
    [
      'nine are not',
      registers([0, 1], [10, 1]),
      [
        [0, 1],
        [10, 1],
      ],
    ],
    ['the order of the config does not matter', registers([5, 1], [0, 1]), [[0, 6]]],
    ['two tags may read the same register', registers([4, 1], [4, 1], [4, 2]), [[4, 2]]],
    ['a short tag inside a long one does not shrink it', registers([0, 20], [3, 1], [25, 1]), [[0, 26]]],
    ['125 registers fit', registers([0, 1], [5, 1], [13, 1], [21, 104]), [[0, 125]]],
    [
      '126 do not',
      registers([0, 1], [5, 1], [13, 1], [21, 105]),
      [
        [0, 14],
        [21, 105],
      ],
    ],
    ['nothing needs no request', [], []],
  ])('%s', (_, tags, expected) => expect(shape(plan(tags))).toEqual(expected))

  it('keeps the areas apart', () => {
    const tags: Span[] = [
      { area: 'holding', address: 0, length: 1 },
      { area: 'input', address: 1, length: 1 },
    ]
    expect(plan(tags)).toHaveLength(2)
  })

  const area = fc.constantFrom<Area>('holding', 'input', 'coil', 'discrete')
  const span = fc.record({ area, address: fc.nat(600), length: fc.integer({ min: 1, max: 125 }) })

  it('puts every tag whole into exactly one block, within the limits, without a wide gap', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), fc.nat(12), (tags, maxGap) => {
        const blocks = plan(tags, maxGap)
        expect(blocks.flatMap((block) => block.tags)).toHaveLength(tags.length)
        expect(new Set(blocks.flatMap((block) => block.tags))).toEqual(new Set(tags))
        for (const block of blocks) {
          expect(block.length).toBeLessThanOrEqual(maxBlockLength[block.area])
          let end = block.address
          for (const tag of block.tags) {
            expect(tag.area).toBe(block.area)
            expect(tag.address).toBeGreaterThanOrEqual(block.address)
            expect(tag.address - end).toBeLessThanOrEqual(maxGap)
            end = Math.max(end, tag.address + tag.length)
          }
          expect(end).toBe(block.address + block.length)
        }
      }),
    )
  })

  it('leaves no two neighbours that could share a request', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), (tags) => {
        const blocks = plan(tags)
        for (const [index, block] of blocks.entries()) {
          const next = blocks[index + 1]?.tags[0]
          if (!next || next.area !== block.area) continue
          const gap = next.address - (block.address + block.length)
          const joined = next.address + next.length - block.address
          expect(gap > 8 || joined > maxBlockLength[block.area]).toBe(true)
        }
      }),
    )
  })
})

describe('planTogether', () => {
  const span = fc.record({
    area: fc.constant<Area>('holding'),
    address: fc.nat(300),
    length: fc.integer({ min: 1, max: 4 }),
  })

  it('puts every tag and the anchor into one request, and no register more than that needs', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 20 }), span, (tags, anchor) => {
        const blocks = planTogether(tags, anchor)
        expect(blocks).toHaveLength(1)
        const [{ address, length, tags: planned }] = blocks as [(typeof blocks)[0]]
        expect(new Set(planned)).toEqual(new Set(tags))
        const ends = [anchor, ...tags].map((each) => each.address + each.length)
        expect(address).toBe(Math.min(...[anchor, ...tags].map((each) => each.address)))
        expect(address + length).toBe(Math.max(...ends))
      }),
    )
  })

  it('asks for no time without values', () => {
    expect(planTogether([], { area: 'holding', address: 0, length: 4 })).toEqual([])
  })
})

describe('narrow', () => {
  it('first leaves out the unwanted registers', () => {
    const [block] = plan(registers([0, 2], [4, 1], [5, 1]))
    expect(shape(narrow(block!))).toEqual([
      [0, 2],
      [4, 2],
    ])
  })

  it('then halves', () => {
    const [block] = plan(registers([0, 1], [1, 1], [2, 1]))
    expect(shape(narrow(block!))).toEqual([
      [0, 2],
      [2, 1],
    ])
  })

  it('keeps the anchor in every piece', () => {
    const anchor: Span = { area: 'holding', address: 100, length: 4 }
    const [block] = planTogether(registers([20, 1], [0, 2], [110, 1]), anchor)
    const halves = narrow(block!)
    expect(shape([block!, ...halves])).toEqual([
      [0, 111],
      [0, 104],
      [100, 11],
    ])
    expect(halves.flatMap(narrow).map(({ anchor }) => anchor)).toEqual([anchor, anchor])
  })

  it('ends at the single tags, none lost', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ area: fc.constant<Area>('input'), address: fc.nat(300), length: fc.integer({ min: 1, max: 4 }) }),
          { maxLength: 40 },
        ),
        fc.boolean(),
        (tags, anchored) => {
          const single: Span[] = []
          const queue = anchored ? planTogether(tags, { area: 'input', address: 150, length: 4 }) : plan(tags)
          for (let block = queue.shift(); block; block = queue.shift()) {
            const pieces = narrow(block)
            if (pieces.length === 0) single.push(...block.tags)
            queue.push(...pieces)
          }
          expect(single).toHaveLength(tags.length)
          expect(new Set(single)).toEqual(new Set(tags))
        },
      ),
    )
  })
})
