import type { EvidenceTrend } from '@fettle/contracts/evidence'
import type { DbOrTx } from '@fettle/db/client'
import { signals } from '@fettle/db/schema/assets'
import { inParallel } from '@fettle/platform/in-parallel'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { and, asc, eq, inArray } from 'drizzle-orm'

/** Fine enough to see a minute in an hour, small enough to keep with every ticket. */
const trendBuckets = 360
/**
 * A ticket waits for the histories of a dozen signals, so they are asked for side by side; few enough that the jobs of a flood of
 * alarms leave the database's connections to people as well.
 */
const readsAtOnce = 3

export interface TrendSpan {
  readonly assetId: string
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Trends of some signals of a machine with the limits in force now, in the order of the keys; all signals without keys. Texts
 * have no trend.
 */
export async function trendsOf(
  db: DbOrTx,
  telemetry: TelemetryStore,
  { assetId, fromMs, toMs }: TrendSpan,
  signalKeys?: readonly string[],
): Promise<EvidenceTrend[]> {
  const rows = await db
    .select()
    .from(signals)
    .where(
      and(
        eq(signals.assetId, assetId),
        eq(signals.kind, 'number'),
        signalKeys ? inArray(signals.key, [...signalKeys]) : undefined,
      ),
    )
    .orderBy(asc(signals.series))
  const inOrder = signalKeys ? rows.toSorted((a, b) => signalKeys.indexOf(a.key) - signalKeys.indexOf(b.key)) : rows
  return inParallel(inOrder, readsAtOnce, async ({ id, key, name, unit, decimals, limits }) => {
    const { times, min, mean, max } = await telemetry.history({ signalId: id, fromMs, toMs, buckets: trendBuckets })
    return { signalId: id, signalKey: key, name, unit, decimals, limits, times, min, mean, max }
  })
}
