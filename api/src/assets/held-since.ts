import type { LatestValue } from '@fettle/contracts/telemetry'
import type { TelemetryStore } from '@fettle/telemetry/store'

type HistoryReader = Pick<TelemetryStore, 'history'>
interface Held {
  readonly value: number
  readonly sinceMs: number | null
  /** Time of the newest reading that it was seen in. */
  readonly seenMs: number
}

const hourMs = 3_600_000
/** Looked back as far as this, in steps: most changes are recent, and a narrow span is quick to read. */
const looksBackMs = [hourMs, 24 * hourMs, 7 * 24 * hourMs]
/** Looked at again within this time, a value has not gone and come back. */
const glanceMs = 60_000
const buckets = 1_000

interface Memory {
  readonly known: Map<string, Held>
  /** What is being searched, by signal and value: whoever asks meanwhile waits for the same answer. */
  readonly searches: Map<string, Promise<number | null>>
}

/** What is known of each store's signals, so that a page that asks every few seconds reads no history each time. */
const memories = new WeakMap<HistoryReader, Memory>()

/**
 * Since when a signal of states has its latest value, epoch ms, to the reading that first had it; null where it has had it
 * for longer than a week or nobody knows.
 */
export async function heldSince(telemetry: HistoryReader, latest: LatestValue): Promise<number | null> {
  const { signalId, at, value } = latest
  if (value === null) return null
  const memory = memories.get(telemetry) ?? { known: new Map<string, Held>(), searches: new Map() }
  memories.set(telemetry, memory)
  const known = memory.known.get(signalId)
  const same = known?.value === value ? known : undefined
  if (same && at - same.seenMs <= glanceMs) {
    memory.known.set(signalId, { ...same, seenMs: Math.max(at, same.seenMs) })
    return same.sinceMs
  }
  const key = `${signalId} ${value}`
  const search = memory.searches.get(key) ?? searchChange(telemetry, latest, value, same)
  memory.searches.set(key, search)
  try {
    const sinceMs = await search
    memory.known.set(signalId, { value, sinceMs, seenMs: at })
    return sinceMs
  } finally {
    memory.searches.delete(key)
  }
}

async function searchChange(
  telemetry: HistoryReader,
  latest: LatestValue,
  value: number,
  same: Held | undefined,
): Promise<number | null> {
  const { signalId, at } = latest
  const other = same
    ? await lastOther(telemetry, { signalId, fromMs: same.seenMs, toMs: at }, value)
    : await searched(telemetry, latest, value)
  return other === null ? (same?.sinceMs ?? null) : firstAfter(telemetry, { signalId, fromMs: other + 1, toMs: at })
}

async function searched(
  telemetry: HistoryReader,
  { signalId, at }: LatestValue,
  value: number,
): Promise<number | null> {
  for (const backMs of looksBackMs) {
    const other = await lastOther(telemetry, { signalId, fromMs: at - backMs, toMs: at }, value)
    if (other !== null) return other
  }
  return null
}

/** Both ends belong to it. */
interface Stretch {
  readonly signalId: string
  readonly fromMs: number
  readonly toMs: number
}

/** Time of the last reading with another value; null where there is none. */
async function lastOther(telemetry: HistoryReader, stretch: Stretch, value: number): Promise<number | null> {
  const { times, min, max, widthMs } = await read(telemetry, stretch)
  const last = times.findLastIndex((_, place) => min[place] !== null && (min[place] !== value || max[place] !== value))
  const at = times[last]
  return at === undefined || widthMs === null
    ? (at ?? null)
    : lastOther(telemetry, bucketOf(stretch, at, widthMs), value)
}

/** Time of the first reading; the end of the stretch where there is none. */
async function firstAfter(telemetry: HistoryReader, stretch: Stretch): Promise<number> {
  const { times, min, widthMs } = await read(telemetry, stretch)
  const at = times.find((_, place) => min[place] !== null)
  if (at === undefined) return stretch.toMs
  return widthMs === null ? at : firstAfter(telemetry, bucketOf(stretch, at, widthMs))
}

/** `widthMs` is null where each reading is told; buckets of one millisecond are as good. */
async function read(telemetry: HistoryReader, { signalId, fromMs, toMs }: Stretch) {
  const history = await telemetry.history({ signalId, fromMs, toMs: toMs + 1, buckets })
  const widthMs = history.kind === 'raw' || history.bucketMs === null || history.bucketMs <= 1 ? null : history.bucketMs
  return { ...history, widthMs }
}

function bucketOf({ signalId, fromMs, toMs }: Stretch, at: number, widthMs: number): Stretch {
  return { signalId, fromMs: Math.max(at, fromMs), toMs: Math.min(Math.ceil(at + widthMs), toMs) }
}
