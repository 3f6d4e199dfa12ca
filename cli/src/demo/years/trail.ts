import { type AuditEntry, chainHash, recordAudit } from '@fettle/api/audit/record'
import type { Actor } from '@fettle/api/policy/actor'
import { permits } from '@fettle/api/policy/permissions'
import type { OperationId } from '@fettle/contracts/operations'
import type { Tx } from '@fettle/db/client'
import { auditLog } from '@fettle/db/schema/identity'
import { desc } from 'drizzle-orm'

/** The rows of the audit trail that a story leaves. Written at its end in one go: whoever writes the trail makes others wait. */
export interface Trail {
  /** Throws where the policy would not let this role call the operation. */
  add(actor: Actor, row: TrailRow): void
  addSystem(row: Omit<TrailRow, 'operation'> & { readonly operation: string }): void
  write(tx: Tx): Promise<void>
}

export interface TrailRow {
  readonly operation: OperationId
  readonly entity: string
  readonly entityId: string | null
  readonly detail: Record<string, unknown>
  readonly at: Date
}

/** `requestId` is the same for all rows of a story; it is what tells that the story is there. */
export function createTrail(requestId: string): Trail {
  const entries: AuditEntry[] = []
  const common = { outcome: 200, address: null, requestId }
  return {
    add(actor, row) {
      if (!permits(actor.role, row.operation)) {
        throw new Error(`the policy does not let ${actor.username} (${actor.role}) ${row.operation}`)
      }
      entries.push({ ...common, ...row, actorId: actor.id, actor: actor.username, role: actor.role })
    },
    addSystem(row) {
      entries.push({ ...common, ...row, actorId: null, actor: 'Fettle', role: 'system' })
    },
    async write(tx) {
      const [first, ...others] = entries
      if (!first) return
      // The first row takes the chain's lock, so nobody comes between; the others need not ask for it again.
      await recordAudit(tx, first)
      const [written] = await tx.select({ hash: auditLog.hash }).from(auditLog).orderBy(desc(auditLog.id)).limit(1)
      let hash = written?.hash ?? ''
      const chained = others.map((entry) => ({ ...entry, hash: (hash = chainHash(hash, entry)) }))
      if (chained.length > 0) await tx.insert(auditLog).values(chained)
    },
  }
}
