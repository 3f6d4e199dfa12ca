import type { SignalKind } from '@fettle/contracts/telemetry'
import type { Db } from '@fettle/db/client'
import { signals } from '@fettle/db/schema/assets'
import { eq } from 'drizzle-orm'

/** What the log and the stores know a signal by, and what its readings are. */
export interface SignalSeries {
  readonly series: number
  readonly kind: SignalKind
}

/** Undefined when there is no such signal. */
export async function findSignal(db: Db, signalId: string): Promise<SignalSeries | undefined> {
  const [found] = await db
    .select({ series: signals.series, kind: signals.kind })
    .from(signals)
    .where(eq(signals.id, signalId))
  return found
}
