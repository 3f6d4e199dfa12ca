import { getHistory, HISTORY_MAX_BUCKETS } from '@fettle/contracts/telemetry'
import type { PersistentCall } from '../works/persistent-client.ts'
import type { Ledger } from './ledger.ts'

/** Whether the last reading of each of these signals is there; what was measured before has been written before. */
export async function isCaughtUp(call: PersistentCall, signalIds: readonly string[], ledger: Ledger): Promise<boolean> {
  const lastMs = ledger.startMs + (ledger.ticks() - 1) * ledger.tickMs
  for (const signalId of signalIds) {
    const querystring = { from: lastMs, to: lastMs + 1, buckets: 1 }
    const { times } = await call(getHistory, { params: { signalId }, querystring })
    if (times.length === 0) return false
  }
  return true
}

/** How many signals are asked for at a time. */
const parallel = 4

/**
 * Compares the history of every signal with what was measured, value by value and to the last bit. Returns one sentence for
 * each signal that differs.
 */
export async function differingHistories(
  call: PersistentCall,
  signalIds: readonly string[],
  ledger: Ledger,
): Promise<string[]> {
  const left = [...signalIds]
  const differing: string[] = []
  async function compare(): Promise<void> {
    for (let signalId = left.pop(); signalId !== undefined; signalId = left.pop()) {
      const difference = await differenceOf(call, signalId, ledger)
      if (difference !== undefined) differing.push(`signal ${signalId}: ${difference}`)
    }
  }
  await Promise.all(Array.from({ length: parallel }, compare))
  return differing
}

async function differenceOf(call: PersistentCall, signalId: string, ledger: Ledger): Promise<string | undefined> {
  const { startMs, tickMs } = ledger
  const measured = ledger.valuesOf(signalId)
  const endMs = startMs + measured.length * tickMs
  const stored: [atMs: number, value: number | null][] = []
  // As many readings as may be answered raw, and never half a reading.
  const spanMs = HISTORY_MAX_BUCKETS * tickMs
  // A little more on both sides: nothing may be there that was not measured.
  for (let from = startMs - spanMs; from < endMs + spanMs; from += spanMs) {
    const querystring = { from, to: from + spanMs, buckets: HISTORY_MAX_BUCKETS }
    const { kind, times, mean } = await call(getHistory, { params: { signalId }, querystring })
    if (kind !== 'raw') return `more than ${HISTORY_MAX_BUCKETS} readings from ${from} on`
    for (const [index, at] of times.entries()) stored.push([at, mean[index] ?? null])
  }
  const wrong = measured.findIndex((value, tick) => {
    const [at, found] = stored[tick] ?? []
    return at !== startMs + tick * tickMs || found !== value
  })
  if (wrong >= 0) {
    const expected = JSON.stringify([startMs + wrong * tickMs, measured[wrong]])
    return `reading ${wrong} of ${measured.length} is ${JSON.stringify(stored[wrong])} instead of ${expected}`
  }
  return stored.length === measured.length ? undefined : `${stored.length} readings, ${measured.length} were measured`
}
