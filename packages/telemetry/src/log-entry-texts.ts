/** Texts by the place of their reading; null where a bad reading of a text signal carried none. */
export type TextColumn = ReadonlyMap<number, string | null>

/**
 * The text part of a log entry, little-endian:
 *
 *      0  u32 texts
 *      4  each: u32 place of its reading, rising; u32 bytes, or `noText`
 *         the texts in UTF-8, one after the other
 */
const noText = 0xffff_ffff
const bytesPerText = 8

/** Throws a RangeError when the texts exceed 4 GiB, which no message can hold. */
export function encodeTexts(texts: TextColumn): Buffer {
  const rising = [...texts].sort(([a], [b]) => a - b)
  const written = rising.map(([place, text]) => ({ place, utf8: text === null ? undefined : Buffer.from(text) }))
  const table = Buffer.alloc(4 + rising.length * bytesPerText)
  table.writeUInt32LE(rising.length, 0)
  for (const [index, { place, utf8 }] of written.entries()) {
    table.writeUInt32LE(place, 4 + index * bytesPerText)
    table.writeUInt32LE(utf8?.length ?? noText, 8 + index * bytesPerText)
  }
  return Buffer.concat([table, ...written.flatMap(({ utf8 }) => utf8 ?? [])])
}

/** Undefined when the part does not add up, or speaks of a reading beyond the entry's `count`. */
export function decodeTexts(part: Buffer, count: number): TextColumn | undefined {
  if (part.length < 4) return undefined
  const length = part.readUInt32LE(0)
  let at = 4 + length * bytesPerText
  if (part.length < at) return undefined
  const texts = new Map<number, string | null>()
  let before = -1
  for (let index = 0; index < length; index++) {
    const place = part.readUInt32LE(4 + index * bytesPerText)
    const bytes = part.readUInt32LE(8 + index * bytesPerText)
    if (place <= before || place >= count) return undefined
    before = place
    const end = bytes === noText ? at : at + bytes
    if (end > part.length) return undefined
    texts.set(place, bytes === noText ? null : part.toString('utf8', at, end))
    at = end
  }
  return at === part.length ? texts : undefined
}
