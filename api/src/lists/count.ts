import type { DbOrTx } from '@fettle/db/client'
import { type SQLWrapper, sql } from 'drizzle-orm'

/** How many rows a list has, counted by the list's own query; its limit is the most that is counted. */
export async function countRows(db: DbOrTx, rows: SQLWrapper): Promise<number> {
  const counted = await db.execute<{ count: number }>(sql`select count(*)::int as count from ${rows} as counted`)
  return counted.rows[0]?.count ?? 0
}
