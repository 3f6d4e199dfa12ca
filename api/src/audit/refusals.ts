import { logTrouble } from '@fettle/db/away'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { auditOf } from '../writes.ts'
import { recordAudit } from './record.ts'

/** Refused writes leave a trace too: who tried what, and which answer they got. Done ones are recorded in their transaction. */
export function recordRefusals(app: App, { database, clock }: Dependencies): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.method === 'GET' || reply.statusCode < 400 || !request.actor) return
    const entry = auditOf(request, clock, reply.statusCode, { entity: 'refused', entityId: null })
    await database.db
      .transaction((tx) => recordAudit(tx, entry))
      .catch((error: unknown) => {
        logTrouble(request.log, error, 'could not record a refused write', { level: 'error' })
      })
  })
}
