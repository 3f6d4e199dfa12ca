import { logTrouble } from '@fettle/db/away'
import type { DbOrTx } from '@fettle/db/client'
import { assets, models, signals } from '@fettle/db/schema/assets'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import { and, eq } from 'drizzle-orm'
import type { Dependencies } from '../dependencies.ts'
import { heldSince } from './held-since.ts'

/** A stop that is shorter may go by unseen. */
const everyMs = 10_000

/**
 * Looks at the states of all machines so often that `heldSince` always knows them: two queries each time, and a look into the
 * history only of a machine whose state has changed. Otherwise the first page after a quiet minute would read the history
 * of every machine while somebody waits for it.
 */
export function createStateWatch({
  database,
  telemetry,
  logger,
}: Pick<Dependencies, 'database' | 'telemetry' | 'logger'>): Service {
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  async function watch(): Promise<void> {
    for await (const _ of every(everyMs, stopping.signal)) {
      await lookAtStates(database.db, telemetry, stopping.signal).catch((error: unknown) =>
        logTrouble(logger, error, 'could not look at the states of the machines'),
      )
    }
  }

  return {
    name: 'state-watch',
    async start() {
      running = watch()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** One machine after another: nobody waits for it. */
export async function lookAtStates(
  db: DbOrTx,
  telemetry: Pick<Dependencies['telemetry'], 'latest' | 'history'>,
  signal: AbortSignal,
): Promise<void> {
  const rows = await db
    .select({ id: signals.id })
    .from(signals)
    .innerJoin(assets, eq(assets.id, signals.assetId))
    .innerJoin(models, and(eq(models.id, assets.modelId), eq(models.runStateSignal, signals.key)))
  for (const value of await telemetry.latest(rows.map(({ id }) => id))) {
    if (signal.aborted) return
    await heldSince(telemetry, value)
  }
}
