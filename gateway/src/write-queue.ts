import { chunksOf, countForBatch, type Chunk } from './batch.ts'
import type { Reading } from './driver.ts'

export interface WriteQueue {
  /** Resolves when all the readings are stored; rejects when some could not be. */
  add(readings: readonly Reading[]): Promise<void>
  /** Resolves when nothing is waiting any more. */
  idle(): Promise<void>
}

interface Waiting extends Chunk {
  resolve(): void
  reject(error: unknown): void
}

/**
 * Gathers readings of many callers into batches: what arrives while one batch is being stored goes into the next one. So a
 * lone reading is on its way at once, and under load batches grow by themselves up to their limits.
 * `store` gets the JSON array of a batch; it is never called twice at once.
 */
export function createWriteQueue(store: (readings: string) => Promise<void>): WriteQueue {
  const queue: Waiting[] = []
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, countForBatch(queue))
      try {
        await store(`[${batch.map((chunk) => chunk.text).join(',')}]`)
        for (const chunk of batch) chunk.resolve()
      } catch (error) {
        for (const chunk of batch) chunk.reject(error)
      }
    }
    running = undefined
  }

  return {
    async add(readings) {
      const stored = chunksOf(readings).map(
        (chunk) => new Promise<void>((resolve, reject) => queue.push({ ...chunk, resolve, reject })),
      )
      running ??= run()
      await Promise.all(stored)
    },
    idle: () => running ?? Promise.resolve(),
  }
}
