import type { Reading } from './driver.ts'

/** At most this many readings in a batch, which keeps a message small and its loss in transit cheap. */
export const maxBatchReadings = 500
/** Far below the 1 MiB that the platform takes. */
export const maxBatchBytes = 256 * 1024

/** Readings as JSON without the brackets, so that chunks of several callers can be joined into one batch. */
export interface Chunk {
  text: string
  bytes: number
  count: number
}

/** Serialises readings into as few chunks as the limits of a batch allow; throws a RangeError for one that fits in none. */
export function chunksOf(readings: readonly Reading[]): Chunk[] {
  const chunks: Chunk[] = []
  for (const reading of readings) {
    const text = JSON.stringify(reading)
    const bytes = Buffer.byteLength(text)
    if (bytes > maxBatchBytes) throw new RangeError(`a reading of ${reading[0]}/${reading[1]} has ${bytes} bytes`)
    const last = chunks.at(-1)
    if (last && fits(last, { bytes, count: 1 })) join(last, { text, bytes, count: 1 })
    else chunks.push({ text, bytes, count: 1 })
  }
  return chunks
}

/** How many chunks from the beginning of the queue go into one batch; at least one. */
export function countForBatch(queue: readonly Chunk[]): number {
  const batch = { bytes: 0, count: 0 }
  const overfull = queue.findIndex((chunk, index) => {
    if (index > 0 && !fits(batch, chunk)) return true
    batch.bytes += chunk.bytes + 1
    batch.count += chunk.count
    return false
  })
  return overfull === -1 ? queue.length : overfull
}

type Size = Pick<Chunk, 'bytes' | 'count'>

const fits = (batch: Size, more: Size) =>
  batch.count + more.count <= maxBatchReadings && batch.bytes + 1 + more.bytes <= maxBatchBytes

function join(chunk: Chunk, more: Chunk): void {
  chunk.text += `,${more.text}`
  chunk.bytes += 1 + more.bytes
  chunk.count += more.count
}
