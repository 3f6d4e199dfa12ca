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
  /** Part of this request and of every smaller one that it is divided into. */
  anchor?: Span
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

/**
 * One request for all tags and the anchor, whatever lies between: registers that are only true together must not come
 * from two requests. That they fit into one is for the config's check. No tags need no request.
 */
export function planTogether<T extends Span>(tags: readonly T[], anchor: Span): Block<T>[] {
  if (tags.length === 0) return []
  const { address, length } = spanOf([anchor, ...tags])
  return [{ area: anchor.area, address, length, tags: [...tags].sort((a, b) => a.address - b.address), anchor }]
}

/** From the first to the last register of spans in one area. */
export function spanOf(spans: readonly Omit<Span, 'area'>[]): Omit<Span, 'area'> {
  const address = Math.min(...spans.map((span) => span.address))
  return { address, length: Math.max(...spans.map((span) => span.address + span.length)) - address }
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
 * its tags (those between tags and anchor cannot be left out), then in halves. Empty when only one tag is left, which is
 * then the one refused.
 */
export function narrow<T extends Span>({ tags, anchor }: Block<T>): Block<T>[] {
  if (tags.length <= 1) return []
  const pieces = anchor ? [] : plan(tags, 0)
  if (pieces.length > 1) return pieces
  const middle = Math.ceil(tags.length / 2)
  const halves = [tags.slice(0, middle), tags.slice(middle)]
  return halves.flatMap((half) => (anchor ? planTogether(half, anchor) : plan(half, 0)))
}
