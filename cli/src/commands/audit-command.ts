import { recordAudit } from '@fettle/api/audit/record'
import type { Tx } from '@fettle/db/client'
import { uuidv7 } from '@fettle/platform/ids'

export interface CommandDone {
  operation: string
  entity: 'user' | 'device' | 'gateway' | 'grafana-organisation'
  entityId: string
  detail: Record<string, unknown>
}

/** What somebody did at the terminal stands in the trail as well; whoever may run commands there needs no account. */
export async function auditCommand(tx: Tx, done: CommandDone): Promise<void> {
  await recordAudit(tx, {
    ...done,
    at: new Date(),
    actorId: null,
    actor: 'fettle command line',
    role: 'system',
    outcome: 200,
    address: null,
    requestId: uuidv7(),
  })
}
