import type { History, SignalKind } from '@fettle/contracts/telemetry'
import { QUALITY } from '@fettle/contracts/uplink'
import type { BucketGrid } from '../bucket-grid.ts'
import { emptyBuckets, textBuckets } from '../history-columns.ts'
import type { RawReadings, Span } from '../store.ts'
import { select, type Row } from './influx-http.ts'
import { noValue } from './lines.ts'
import type { InfluxSettings } from './settings.ts'

/** Signal ids come from our own table, so they hold nothing that a quoted text could not. */
const where = ({ signalId, fromMs, toMs }: Span) =>
  `WHERE "signal" = '${signalId}' AND time >= ${fromMs}ms AND time < ${toMs}ms`

/** Selectors over fields skip points that lack one; those of quality are on every point that we write. */
const counted = `"quality" < ${QUALITY.bad}`

/** At most `limit` readings of the span, the first ones. */
export async function readPoints(
  influx: InfluxSettings,
  kind: SignalKind,
  span: Span,
  limit: number,
): Promise<RawReadings> {
  const field = kind === 'text' ? 'text' : 'value'
  const rows = await select(influx, `SELECT "${field}", "quality" FROM "reading" ${where(span)} LIMIT ${limit}`)
  const readings = oneOfEachTime(rows)
  const found = readings.map(([, value, quality]) => (quality === noValue ? null : (value ?? null)))
  return {
    times: readings.map(([at]) => Number(at)),
    values: found.map((value) => (typeof value === 'number' ? value : null)),
    qualities: readings.map(([, , quality]) => qualityOf(quality)),
    ...(kind === 'text' && { texts: found.map((text) => (typeof text === 'string' ? text : null)) }),
  }
}

/** Buckets of the grid, whose first one begins at or before the span; nothing before the span counts. */
export async function readBuckets(
  influx: InfluxSettings,
  kind: SignalKind,
  span: Span,
  grid: BucketGrid,
): Promise<History> {
  const byBucket = `GROUP BY time(${grid.bucketMs}ms, ${grid.startMs % grid.bucketMs}ms) fill(none)`
  const from = (columns: string, also = '') => `SELECT ${columns} FROM "reading" ${where(span)} ${also} ${byBucket}`
  const bucketOf = (at: Row[number] | undefined) => Math.floor((Number(at) - grid.startMs) / grid.bucketMs)
  const columns = kind === 'text' ? 'last("text")' : 'min("value"), mean("value"), max("value")'
  const [values, qualities] = await Promise.all([
    select(influx, from(columns, `AND ${counted}`)),
    select(influx, from('max("quality")')),
  ])

  if (kind === 'text') {
    const textOf = new Map(values.map(([at, text]) => [bucketOf(at), text]))
    const parts = qualities.map(([at, worst]) => {
      const text = textOf.get(bucketOf(at))
      return { bucket: bucketOf(at), text: typeof text === 'string' ? text : null, worstQuality: qualityOf(worst) }
    })
    return textBuckets(span, grid, parts)
  }
  const history = emptyBuckets(span, grid)
  for (const [at, min, mean, max] of values) {
    const bucket = bucketOf(at)
    history.min[bucket] = numberOf(min)
    history.mean[bucket] = numberOf(mean)
    history.max[bucket] = numberOf(max)
  }
  for (const [at, worst] of qualities) history.quality[bucketOf(at)] = qualityOf(worst)
  return history
}

const qualityOf = (quality: Row[number] | undefined) => Math.min(Number(quality ?? QUALITY.good), QUALITY.bad)
const numberOf = (value: Row[number] | undefined) => (typeof value === 'number' ? value : null)

/** A reading that came again after its machine was sold is there once for each owner. */
function oneOfEachTime(rows: readonly Row[]): Row[] {
  return rows.filter(([at], i) => at !== rows[i + 1]?.[0])
}
