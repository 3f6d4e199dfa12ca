import type { Db } from '@fettle/db/client'
import { assets, models, signals } from '@fettle/db/schema/assets'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import { select, type Row } from '@fettle/telemetry/influx/influx-http'
import { createLineWriter, type LineWriter } from '@fettle/telemetry/influx/line-writer'
import { linePrefix, type Points } from '@fettle/telemetry/influx/lines'
import { mirrorSettings } from '@fettle/telemetry/influx/mirrors'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { grouped } from '@fettle/platform/grouped'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Organisation } from './organisations.ts'

export interface CopyProgress {
  readonly signals: number
  readonly ofSignals: number
  readonly readings: number
}

export interface CopyOptions {
  readonly db: Db
  /** Ours, which reads the main database and writes the mirror. */
  readonly influx: InfluxSettings
  readonly organisation: Organisation & { readonly mirror: string }
  readonly onProgress: (progress: CopyProgress) => void
  /** Rows of one question; default 10,000. */
  readonly pageSize?: number
}

/**
 * Copies what an organisation may see from the main database into its mirror, which must be listed already: what arrives meanwhile
 * comes by itself. How far it came is kept after every signal, so a copy that was broken off goes on; copying twice changes
 * nothing. Resolves with the number of readings.
 */
export async function copyHistory(options: CopyOptions): Promise<number> {
  const { db, influx, organisation, onProgress, pageSize = 10_000 } = options
  const writer = createLineWriter(mirrorSettings(influx, organisation.mirror))
  const whose = await conditionOf(db, organisation)
  const all = whose === undefined ? [] : await signalsToCopy(db, organisation)
  const missing = all.filter(({ series }) => series > organisation.copiedSeries)
  let readings = 0
  try {
    for (const [index, { id, series }] of missing.entries()) {
      readings += await copySignal({ influx, writer, signalId: id, series, whose: whose ?? '', pageSize })
      await mark(db, organisation, { copiedSeries: series })
      onProgress({ signals: all.length - missing.length + index + 1, ofSignals: all.length, readings })
    }
  } finally {
    writer.close()
  }
  await mark(db, organisation, { copiedAt: new Date() })
  return readings
}

const mark = (db: Db, { id }: Organisation, change: Partial<typeof grafanaOrganisations.$inferInsert>) =>
  db.update(grafanaOrganisations).set(change).where(eq(grafanaOrganisations.id, id))

/**
 * By the tags of a reading, which say whose it was then; undefined when there can be none. A customer may have had machines that are
 * others' today, so all signals are asked for theirs.
 */
async function conditionOf(db: Db, { scope, customerId, manufacturer }: Organisation): Promise<string | undefined> {
  if (scope === 'customer' && customerId !== null) return `"customer" = '${customerId}'`
  const rows = await db
    .select({ id: models.id })
    .from(models)
    .where(eq(models.manufacturer, manufacturer ?? ''))
  return rows.length === 0 ? undefined : `"model" =~ /^(${rows.map(({ id }) => id).join('|')})$/`
}

function signalsToCopy(db: Db, { scope, manufacturer }: Organisation) {
  const all = db.select({ id: signals.id, series: signals.series }).from(signals)
  if (scope === 'customer') return all.orderBy(asc(signals.series))
  const made = db
    .select({ id: assets.id })
    .from(assets)
    .innerJoin(models, eq(models.id, assets.modelId))
    .where(eq(models.manufacturer, manufacturer ?? ''))
  return all.where(inArray(signals.assetId, made)).orderBy(asc(signals.series))
}

interface SignalCopy {
  readonly influx: InfluxSettings
  readonly writer: LineWriter
  readonly signalId: string
  readonly series: number
  readonly whose: string
  readonly pageSize: number
}

async function copySignal(copy: SignalCopy): Promise<number> {
  const { influx, writer, signalId, whose, pageSize } = copy
  const columns = '"value", "text", "quality", "asset", "customer", "model", "site"'
  let [fromMs, readings] = [0, 0]
  for (;;) {
    const where = `"signal" = '${signalId}' AND ${whose} AND time >= ${fromMs}ms`
    const rows = await select(influx, `SELECT ${columns} FROM "reading" WHERE ${where} LIMIT ${pageSize}`)
    await writer.write(pointsOf(rows, copy))
    const lastMs = Number(rows.at(-1)?.[0])
    if (rows.length < pageSize) return readings + rows.length
    // The page may have ended between two readings of one time, so the next begins with that time; unless that would be for ever.
    const isStuck = lastMs === fromMs
    readings += isStuck ? rows.length : rows.filter(([at]) => Number(at) < lastMs).length
    fromMs = isStuck ? lastMs + 1 : lastMs
  }
}

/** Rows of one signal as points, one group for each set of tags and kind of value. */
function pointsOf(rows: readonly Row[], { series, signalId }: SignalCopy): Points[] {
  const key = ([, , text, , ...tags]: Row) => `${tags.join(' ')} ${text === null ? 'number' : 'text'}`
  return [...grouped(rows, key).values()].map((group): Points => {
    const [, , , , assetId, customerId, modelId, siteId] = (group[0] ?? []).map(String)
    const asset = { assetId: assetId ?? '', customerId: customerId ?? '', modelId: modelId ?? '', siteId: siteId ?? '' }
    return {
      series,
      asset,
      position: 0,
      prefix: linePrefix(asset, signalId),
      times: group.map(([at]) => Number(at)),
      values: group.map(([, value, , quality]) => (isWithout(quality) || value === null ? Number.NaN : Number(value))),
      ...(group[0]?.[2] !== null && {
        texts: group.map(([, , text, quality]) => (isWithout(quality) || text === null ? null : String(text))),
      }),
      qualities: group.map(([, , , quality]) => Number(quality)),
    }
  })
}

/** A bad reading that carried nothing; what shows beside it is of an earlier one. */
const isWithout = (quality: Row[number] | undefined) => Number(quality) > 2
