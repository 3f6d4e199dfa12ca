import { SegmentLogError } from './segment-log-error.ts'

export interface GroupCommitOptions {
  /** Makes the payloads durable together, in order; resolves with the position of the first. Never called twice at once. */
  commit: (payloads: readonly Uint8Array[]) => Promise<number>
  /** A group holds at most this many bytes, or one entry if that alone is larger. */
  maxGroupBytes: number
  /** Told once when nothing can be appended any more and all appends before are settled. */
  onRefusal: (error: SegmentLogError) => void
}

export interface GroupCommit {
  /** Resolves with the position of the first payload once all of them are durable. Calls resolve in the order they came. */
  append(payloads: readonly Uint8Array[]): Promise<number>
  /** Why nothing more can be appended, once that is so. */
  readonly refusal: SegmentLogError | undefined
  /** Refuses further appends and resolves when those before it are settled. */
  close(): Promise<void>
}

interface Entry {
  payloads: readonly Uint8Array[]
  bytes: number
  resolve(position: number): void
  reject(error: SegmentLogError): void
}

/**
 * Group commit: one write and one sync for everything that arrives while the one before is running, so that the cost of
 * a sync is shared by all who wait for it. After a failed commit all who wait are refused, and so is everything later:
 * after a failed sync the kernel may have dropped the dirty pages, so a later successful sync would prove nothing.
 */
export function groupCommit({ commit, maxGroupBytes, onRefusal }: GroupCommitOptions): GroupCommit {
  let waiting: Entry[] = []
  let running: Promise<void> | undefined
  let refusal: SegmentLogError | undefined

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // One turn of the event loop: what arrived in the same poll of the sockets goes into the same group.
      await new Promise((resolve) => setImmediate(resolve))
      const group = takeGroup()
      try {
        let position = await commit(group.flatMap((entry) => entry.payloads))
        for (const entry of group) {
          entry.resolve(position)
          position += entry.payloads.length
        }
      } catch (cause) {
        const error = new SegmentLogError('failed', `the log failed to store records: ${messageOf(cause)}`, { cause })
        refusal = error
        for (const entry of [...group, ...waiting.splice(0)]) entry.reject(error)
        onRefusal(error)
      }
    }
    running = undefined
  }

  function takeGroup(): Entry[] {
    let bytes = 0
    const end = waiting.findIndex((entry, i) => {
      bytes += entry.bytes
      return i > 0 && bytes > maxGroupBytes
    })
    const group = end === -1 ? waiting : waiting.slice(0, end)
    waiting = end === -1 ? [] : waiting.slice(end)
    return group
  }

  return {
    append(payloads) {
      if (refusal) return Promise.reject(refusal)
      return new Promise((resolve, reject) => {
        const bytes = payloads.reduce((sum, payload) => sum + payload.byteLength, 0)
        waiting.push({ payloads, bytes, resolve, reject })
        running ??= run()
      })
    },
    get refusal() {
      return refusal
    },
    async close() {
      if (refusal) return running
      const error = new SegmentLogError('closed', 'the log is closed')
      refusal = error
      await running
      if (refusal === error) onRefusal(error)
    },
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
