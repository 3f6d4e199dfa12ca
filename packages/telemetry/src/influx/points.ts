import type { EntryAsset } from '../log-entry.ts'
import { chunksOf, type Chunk, type Newest } from '../postgres/chunks.ts'
import { textReadingsOf, type TextReading } from '../postgres/texts.ts'
import type { PositionedEntry, UnstorableReading } from '../store.ts'
import { linePrefix, type Points, type RefusedPoint } from './lines.ts'

/** The id of a signal; undefined when there is none. */
export type SignalIdOf = (series: number) => string | undefined

/** Sorts the readings of entries into points by signal and hour; those of signals without an id are refused. */
export function pointsOf(entries: readonly PositionedEntry[], signalIdOf: SignalIdOf) {
  const points: Points[] = []
  const refused: RefusedPoint[] = []
  const columns = [...chunksOf(entries).map(numberColumns), ...bySeries(textReadingsOf(entries)).map(textColumns)]
  for (const each of columns) {
    const { series, times, asset } = each
    const signalId = signalIdOf(series)
    if (signalId !== undefined) points.push({ ...each, prefix: linePrefix(asset, signalId) })
    else refused.push(...times.map((atMs) => ({ series, atMs, detail: 'there is no such signal' })))
  }
  return { points, refused }
}

/** The newest reading in time of each signal, passing over those that were refused. */
export function newestOfPoints(points: readonly Points[], refused: readonly RefusedPoint[]): Newest[] {
  const isRefused = placesOf(refused)
  const newest = new Map<number, Newest>()
  for (const { series, position, times, values, texts, qualities } of points) {
    const last = times.findLastIndex((atMs) => !isRefused(series, atMs))
    const atMs = times[last]
    if (atMs === undefined || atMs <= (newest.get(series)?.atMs ?? -Infinity)) continue
    const text = texts && { text: texts[last] ?? null }
    newest.set(series, { series, atMs, value: values[last] ?? NaN, ...text, quality: qualities[last] ?? 0, position })
  }
  return [...newest.values()]
}

/** Where in the entries the refused readings are; of several at one time all of them. */
export function unstorableOf(
  entries: readonly PositionedEntry[],
  refused: readonly RefusedPoint[],
): UnstorableReading[] {
  if (refused.length === 0) return []
  const refusalOf = placesOf(refused)
  const found: UnstorableReading[] = []
  for (const { entry } of entries) {
    for (const [place, series] of entry.series.entries()) {
      const detail = refusalOf(series, entry.timesMs[place] ?? NaN)?.detail
      if (detail !== undefined) found.push({ entry, place, detail })
    }
  }
  return found
}

function placesOf(refused: readonly RefusedPoint[]) {
  const byPlace = new Map(refused.map((point) => [`${point.series} ${point.atMs}`, point]))
  return (series: number, atMs: number) => (byPlace.size === 0 ? undefined : byPlace.get(`${series} ${atMs}`))
}

/**
 * Splits entries where the tags of an asset change, which is when a machine is sold or moved: points of one signal share their
 * tags. What comes later must be written later.
 */
export function runsOfTags(entries: readonly PositionedEntry[]): PositionedEntry[][] {
  const runs: PositionedEntry[][] = []
  let ofAsset = new Map<string, EntryAsset>()
  for (const positioned of entries) {
    const { entry } = positioned
    const before = ofAsset.get(entry.assetId)
    if (runs.length === 0 || (before && !haveSameTags(before, entry))) {
      runs.push([])
      ofAsset = new Map()
    }
    ofAsset.set(entry.assetId, entry)
    runs.at(-1)?.push(positioned)
  }
  return runs
}

function haveSameTags(a: EntryAsset, b: EntryAsset): boolean {
  return a.customerId === b.customerId && a.siteId === b.siteId && a.modelId === b.modelId
}

type Columns = Omit<Points, 'prefix'>

const numberColumns = ({ series, asset, position, times, values, qualities }: Chunk): Columns => ({
  series,
  asset,
  position,
  times,
  values,
  qualities,
})

function textColumns([first, ...others]: readonly [TextReading, ...TextReading[]]): Columns {
  const readings = [first, ...others]
  return {
    series: first.series,
    asset: first.asset,
    position: Math.max(...readings.map(({ position }) => position)),
    times: readings.map(({ atMs }) => atMs),
    values: [],
    texts: readings.map(({ text }) => text),
    qualities: readings.map(({ quality }) => quality),
  }
}

/** `readings` are in order of series. */
function bySeries(readings: readonly TextReading[]): [TextReading, ...TextReading[]][] {
  const groups: [TextReading, ...TextReading[]][] = []
  for (const reading of readings) {
    const last = groups.at(-1)
    if (last?.[0].series === reading.series) last.push(reading)
    else groups.push([reading])
  }
  return groups
}
