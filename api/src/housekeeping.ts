import { logTrouble } from '@fettle/db/away'
import { idempotencyKeys, sessions } from '@fettle/db/schema/identity'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import { lt } from 'drizzle-orm'
import type { Dependencies } from './dependencies.ts'
import { forgetOldFailures } from './sessions/lock-out.ts'

/** A phone that was without signal for so long still repeats its writes without effect. */
const keepAnswersMs = 30 * 24 * 3_600_000
const everyMs = 3_600_000

/** Keeps what grows with use in bounds: answers of repeated writes, sessions that are over, old failed sign-ins. */
export function createHousekeeping({
  database,
  clock,
  logger,
}: Pick<Dependencies, 'database' | 'clock' | 'logger'>): Service {
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  async function keepHouse(): Promise<void> {
    for await (const _ of every(everyMs, stopping.signal)) {
      await forgetOld(database.db, clock.now()).catch((error: unknown) =>
        logTrouble(logger, error, 'could not delete what is too old; trying again later'),
      )
    }
  }

  return {
    name: 'housekeeping',
    async start() {
      running = keepHouse()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

export async function forgetOld(db: Dependencies['database']['db'], nowMs: number): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, new Date(nowMs - keepAnswersMs)))
  await db.delete(sessions).where(lt(sessions.expiresAt, new Date(nowMs)))
  await forgetOldFailures(db, nowMs)
}
