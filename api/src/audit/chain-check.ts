import type { Db } from '@fettle/db/client'
import { auditLog } from '@fettle/db/schema/identity'
import type { Clock } from '@fettle/platform/clock'
import { asc, gt, inArray, sql } from 'drizzle-orm'
import { chainHash } from './record.ts'

/** The whole chain is walked again when this much time went by since the last walk began. */
const walkEveryMs = 10 * 60_000
const rowsAtOnce = 1_000

type AuditRow = typeof auditLog.$inferSelect

export interface ChainCheck {
  /** Whether these rows fit their predecessors now, and all others did when they were walked last, ten minutes ago at most. */
  isIntact(shown: readonly AuditRow[]): Promise<boolean>
}

/**
 * Finds rows of the trail that were changed, removed or slipped in. Reading it all for every page would take longer with every
 * write that the installation has seen; so a walk goes on where the last one ended, and callers at the same time share it.
 */
export function createChainCheck(db: Db, clock: Clock): ChainCheck {
  const begin = () => ({ id: 0, hash: '', fits: true, beganAtMs: clock.now() })
  let walked = begin()
  let walking: Promise<void> | undefined

  async function walkOn(): Promise<void> {
    if (clock.now() - walked.beganAtMs >= walkEveryMs) walked = begin()
    for (;;) {
      const rows = await db
        .select()
        .from(auditLog)
        .where(gt(auditLog.id, walked.id))
        .orderBy(asc(auditLog.id))
        .limit(rowsAtOnce)
      for (const row of rows) {
        const fits = walked.fits && chainHash(walked.hash, row) === row.hash
        walked = { ...walked, id: row.id, hash: row.hash, fits }
      }
      if (rows.length < rowsAtOnce) return
    }
  }

  async function fit(shown: readonly AuditRow[]): Promise<boolean> {
    if (shown.length === 0) return true
    // Spelt out: drizzle leaves the table's name away in a field, and then the inner table's column would be meant.
    const before = sql<string>`coalesce((
      select earlier.hash from audit_log earlier where earlier.id < audit_log.id order by earlier.id desc limit 1
    ), '')`
    const rows = await db
      .select({ row: auditLog, before })
      .from(auditLog)
      .where(
        inArray(
          auditLog.id,
          shown.map(({ id }) => id),
        ),
      )
    return rows.length === shown.length && rows.every(({ row, before: hash }) => chainHash(hash, row) === row.hash)
  }

  return {
    async isIntact(shown) {
      walking ??= walkOn().finally(() => (walking = undefined))
      const [fits] = await Promise.all([fit(shown), walking])
      return fits && walked.fits
    },
  }
}
