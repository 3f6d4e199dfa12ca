import { createHash } from 'node:crypto'
import type { Tx } from '@fettle/db/client'
import { auditLog } from '@fettle/db/schema/identity'
import { desc, sql } from 'drizzle-orm'

export type AuditEntry = Omit<typeof auditLog.$inferInsert, 'id' | 'hash'>

/** Any constant: writers of the trail queue here, because each row's hash covers the row before it. */
const auditLock = 0x61756474

/** Adds a row to the chain, in the transaction of what it tells of. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${auditLock})`)
  const [previous] = await tx.select({ hash: auditLog.hash }).from(auditLog).orderBy(desc(auditLog.id)).limit(1)
  await tx.insert(auditLog).values({ ...entry, hash: chainHash(previous?.hash ?? '', entry) })
}

/** SHA-256 over the hash before and the row’s own words in a fixed order. */
export function chainHash(previousHash: string, entry: AuditEntry): string {
  const words = [
    entry.at.toISOString(),
    entry.actorId ?? null,
    entry.actor,
    entry.role,
    entry.operation,
    entry.entity ?? null,
    entry.entityId ?? null,
    entry.outcome,
    canonical(entry.detail),
    entry.address ?? null,
    entry.requestId,
  ]
  return createHash('sha256').update(previousHash).update(JSON.stringify(words)).digest('hex')
}

/** Keys in order at every depth: jsonb does not keep the order that was written. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  )
}
