import type { History } from '@fettle/contracts/telemetry'
import { bucketGrid } from '@fettle/telemetry/bucket-grid'
import type { RawReadings, Span, TelemetryStore } from '@fettle/telemetry/store'
import type { Recording } from './recording.ts'

/**
 * A store that has one machine's recording and nothing else, to take evidence from. The readings of a year ago are not kept
 * anywhere else either: retention would have deleted them, and evidence is what outlives it.
 */
export function recordedStore(recording: Recording, keyOf: ReadonlyMap<string, string>): TelemetryStore {
  function readings({ signalId, fromMs, toMs }: Span): { times: number[]; values: number[] } {
    const column = recording.values.get(keyOf.get(signalId) ?? '') ?? []
    const found = { times: [] as number[], values: [] as number[] }
    for (const [place, at] of recording.times.entries()) {
      const value = column[place]
      if (at < fromMs || at >= toMs || value === undefined || Number.isNaN(value)) continue
      found.times.push(at)
      found.values.push(value)
    }
    return found
  }

  return {
    history: (query) => Promise.resolve(historyOf(query, readings(query))),
    raw(span) {
      const { times, values } = readings(span)
      const raw: RawReadings = { times, values, qualities: times.map(() => 0) }
      return Promise.resolve(raw)
    },
    latest: () => Promise.resolve([]),
    latestSince: () => Promise.resolve({ cursor: '', values: [] }),
    write: () => Promise.reject(new Error('a recording takes no more readings')),
    maintain: () => Promise.resolve({ packed: 0, expired: 0 }),
  }
}

function historyOf(
  query: Span & { readonly buckets: number },
  { times, values }: { times: number[]; values: number[] },
): History {
  const { signalId, fromMs, toMs, buckets } = query
  const common = { signalId, from: fromMs, to: toMs }
  if (times.length <= buckets) {
    const quality = times.map(() => 0)
    return { ...common, kind: 'raw', bucketMs: null, times, min: values, mean: values, max: values, quality }
  }
  const { startMs, bucketMs, count } = bucketGrid(query, buckets)
  const within: number[][] = Array.from({ length: count }, () => [])
  for (const [place, at] of times.entries()) within[Math.floor((at - startMs) / bucketMs)]?.push(values[place] ?? 0)
  const of = (each: (numbers: number[]) => number) =>
    within.map((numbers) => (numbers.length > 0 ? each(numbers) : null))
  return {
    ...common,
    kind: 'buckets',
    bucketMs,
    times: within.map((_, place) => startMs + place * bucketMs),
    min: of((numbers) => Math.min(...numbers)),
    mean: of((numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length),
    max: of((numbers) => Math.max(...numbers)),
    quality: within.map(() => 0),
  }
}
