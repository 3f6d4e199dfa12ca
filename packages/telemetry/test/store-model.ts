import type { History } from '@fettle/contracts/telemetry'
import { bucketGrid } from '../src/bucket-grid.ts'
import type { RawReadings } from '../src/store.ts'
import type { Point, TextPoint } from './telemetry-fixture.ts'

/** The simplest thing that does what a store promises: a map from time to reading, the later writing wins. */
export function modelOf(points: readonly Point[]) {
  const byTime = new Map(points.map((point) => [point[0], point]))
  const ascending = [...byTime.values()].toSorted(([a], [b]) => a - b)
  const inside = (fromMs: number, toMs: number) => ascending.filter(([at]) => at >= fromMs && at < toMs)

  function raw(fromMs: number, toMs: number): RawReadings {
    const found = inside(fromMs, toMs)
    return {
      times: found.map(([at]) => at),
      values: found.map(([, value]) => value),
      qualities: found.map(qualityOf),
    }
  }

  function history(fromMs: number, toMs: number, buckets: number): Omit<History, 'signalId'> {
    const found = inside(fromMs, toMs)
    if (found.length <= buckets) {
      const values = found.map(countedOf)
      const columns = { min: values, mean: values, max: values, quality: found.map(qualityOf) }
      return { from: fromMs, to: toMs, kind: 'raw', bucketMs: null, times: found.map(([at]) => at), ...columns }
    }
    const { startMs, bucketMs, count } = bucketGrid({ fromMs, toMs }, buckets)
    const grid = Array.from({ length: count }, (_, i) => startMs + i * bucketMs)
    const parts = grid.map((at) => found.filter(([time]) => time >= at && time < at + bucketMs))
    const values = parts.map((part) => part.map(countedOf).filter((value) => value !== null))
    return {
      from: fromMs,
      to: toMs,
      kind: 'buckets',
      bucketMs,
      times: grid,
      min: values.map((some) => (some.length === 0 ? null : Math.min(...some))),
      mean: values.map((some) =>
        some.length === 0 ? null : some.reduce((sum, value) => sum + value, 0) / some.length,
      ),
      max: values.map((some) => (some.length === 0 ? null : Math.max(...some))),
      quality: parts.map((part) => Math.max(0, ...part.map(qualityOf))),
    }
  }

  return { raw, history }
}

/** The same for texts. */
export function textModelOf(points: readonly TextPoint[]) {
  const byTime = new Map(points.map((point) => [point[0], point]))
  const ascending = [...byTime.values()].toSorted(([a], [b]) => a - b)
  const inside = (fromMs: number, toMs: number) => ascending.filter(([at]) => at >= fromMs && at < toMs)

  function raw(fromMs: number, toMs: number): RawReadings {
    const found = inside(fromMs, toMs)
    return {
      times: found.map(([at]) => at),
      values: found.map(() => null),
      qualities: found.map(qualityOf),
      texts: found.map(([, text]) => text),
    }
  }

  function history(fromMs: number, toMs: number, buckets: number) {
    const found = inside(fromMs, toMs)
    const shown = found.map((point) => (qualityOf(point) === 2 ? null : point[1]))
    if (found.length <= buckets) return { kind: 'raw', times: found.map(([at]) => at), texts: shown }
    const { startMs, bucketMs, count } = bucketGrid({ fromMs, toMs }, buckets)
    const times = Array.from({ length: count }, (_, i) => startMs + i * bucketMs)
    const texts = times.map((start) => {
      const here = found.map(([at], i) => (at >= start && at < start + bucketMs ? (shown[i] ?? null) : null))
      return here.findLast((text) => text !== null) ?? null
    })
    return { kind: 'buckets', times, texts }
  }

  return { raw, history }
}

function qualityOf([, value, quality = value === null ? 2 : 0]: Point | TextPoint): number {
  return quality
}

function countedOf(point: Point): number | null {
  return qualityOf(point) === 2 ? null : point[1]
}
