import type { SegmentRecord } from './record.ts'

/** The last groups that were written, kept in memory for consumers that keep up: they need not read the disk. */
export interface RecentRecords {
  add(first: number, payloads: readonly Uint8Array[], bytes: number): void
  /** The payload at `position`, if it is still here. */
  from(position: number): Iterable<SegmentRecord> | undefined
}

interface Group {
  first: number
  payloads: readonly Uint8Array[]
  bytes: number
}

/** Keeps at most `maxBytes` of whole groups, the newest ones. */
export function recentRecords(maxBytes: number): RecentRecords {
  const groups: Group[] = []
  let bytes = 0

  function* records(groupIndex: number, position: number): Iterable<SegmentRecord> {
    // A copy, because groups may be added and dropped while a caller iterates.
    for (const group of groups.slice(groupIndex)) {
      for (let i = Math.max(0, position - group.first); i < group.payloads.length; i++) {
        const payload = group.payloads[i]
        if (payload) yield { position: group.first + i, payload }
      }
    }
  }

  return {
    add(first, payloads, groupBytes) {
      groups.push({ first, payloads, bytes: groupBytes })
      bytes += groupBytes
      while (bytes > maxBytes) {
        const dropped = groups.shift()
        if (!dropped) break
        bytes -= dropped.bytes
      }
    },
    from(position) {
      const groupIndex = groups.findLastIndex((group) => group.first <= position)
      return groupIndex === -1 ? undefined : records(groupIndex, position)
    },
  }
}
