/**
 * The four tables of a Modbus unit. Registers of 16 bits: `holding` (function 3) and `input` (4); single bits: `coil` (1)
 * and `discrete` (2).
 */
export type Area = 'holding' | 'input' | 'coil' | 'discrete'

/** What a tag occupies; `address` counts from 0 as on the wire, `length` in registers or bits. */
export interface Span {
  area: Area
  address: number
  length: number
}

/** One request, and the tags that its answer holds. */
export interface Block<T extends Span> extends Span {
  tags: T[]
}

/** The protocol allows 125 registers or 2,000 bits in a request; some servers take more, real devices refuse. */
export const maxBlockLength: Record<Area, number> = { holding: 125, input: 125, coil: 2_000, discrete: 2_000 }

/** Reading up to this many unwanted registers is cheaper than another round trip. */
const defaultMaxGap = 8

/**
 * Coalesces tags into as few requests as the limits allow: neighbours share a block when at most `maxGap` unwanted
 * registers lie between them. Every tag is in exactly one block; no tag may be longer than `maxBlockLength`.
 */
export function plan<T extends Span>(tags: readonly T[], maxGap = defaultMaxGap): Block<T>[] {
  const blocks: Block<T>[] = []
  const sorted = [...tags].sort((a, b) => a.area.localeCompare(b.area) || a.address - b.address)
  for (const tag of sorted) {
    const block = blocks.at(-1)
    if (block && joins(block, tag, maxGap)) {
      block.length = Math.max(block.length, tag.address + tag.length - block.address)
      block.tags.push(tag)
    } else {
      blocks.push({ area: tag.area, address: tag.address, length: tag.length, tags: [tag] })
    }
  }
  return blocks
}

function joins(block: Block<Span>, tag: Span, maxGap: number): boolean {
  return (
    block.area === tag.area &&
    tag.address - (block.address + block.length) <= maxGap &&
    tag.address + tag.length - block.address <= maxBlockLength[tag.area]
  )
}

/**
 * Smaller blocks with the same tags, for a block that the device refused: first without the unwanted registers between
 * its tags, then in halves. Empty when only one tag is left, which is then the one refused.
 */
export function narrow<T extends Span>(block: Block<T>): Block<T>[] {
  if (block.tags.length <= 1) return []
  const pieces = plan(block.tags, 0)
  if (pieces.length > 1) return pieces
  const middle = Math.ceil(block.tags.length / 2)
  return [...plan(block.tags.slice(0, middle), 0), ...plan(block.tags.slice(middle), 0)]
}
