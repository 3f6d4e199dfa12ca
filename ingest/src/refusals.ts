import type { UplinkRejection } from '@fettle/contracts/uplink'

/** Everything of one message that was refused for one reason; becomes one dead letter. */
export interface Refusal {
  readonly code: UplinkRejection
  /** A sentence for the person who has to mend it. */
  readonly detail: string
  /** How many readings it is about; 1 for a message that nobody could read. */
  readonly readings: number
  /** The refused readings as a message that can be taken again; undefined for a whole message, which is kept as it came. */
  readonly payload?: string
}

/** `index` is the reading's place in its message, -1 for the message itself. */
export interface RejectedReading {
  readonly index: number
  readonly code: UplinkRejection
}

/** Collects refused readings of one message by reason; `Claimed` is what the sender calls a reading. */
export function collectRefusals<Claimed>() {
  const byCode = new Map<UplinkRejection, { indexes: number[]; readings: Claimed[] }>()

  return {
    add(index: number, code: UplinkRejection, reading: Claimed): void {
      const refused = byCode.get(code)
      if (!refused) return void byCode.set(code, { indexes: [index], readings: [reading] })
      refused.indexes.push(index)
      refused.readings.push(reading)
    },
    /** `total`: readings of the message; `encode` makes a message of some of them. */
    refusals(total: number, encode: (readings: readonly Claimed[]) => unknown): Refusal[] {
      return [...byCode].map(([code, { indexes, readings }]) => ({
        code,
        detail: `${readings.length} of ${total} readings; index ${some(indexes)}; the first: ${shown(readings[0])}`,
        readings: readings.length,
        payload: JSON.stringify(encode(readings), keepNonFinite),
      }))
    },
    rejected(): RejectedReading[] {
      const all = [...byCode].flatMap(([code, { indexes }]) => indexes.map((index) => ({ index, code })))
      return all.sort((a, b) => a.index - b.index)
    },
  }
}

/** `1e999` is read as Infinity, which JSON would write as null: that means something else. */
function keepNonFinite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function some(indexes: readonly number[]): string {
  return indexes.length <= 10 ? indexes.join(', ') : `${indexes.slice(0, 10).join(', ')} …`
}

function shown(reading: unknown): string {
  return (JSON.stringify(reading, keepNonFinite) ?? 'nothing').slice(0, 300)
}
