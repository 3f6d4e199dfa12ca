import { listEngineers, suggestEngineers } from '@fettle/contracts/engineers'
import { listFailureModes } from '@fettle/contracts/failure-modes'
import { failureModes, models } from '@fettle/db/schema/assets'
import { asc, eq } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { visibleTicket } from '../tickets/queries.ts'
import { engineerList } from './queries.ts'
import { suggestionsFor } from './suggestions.ts'

export function engineerRoutes(app: App, deps: Dependencies): void {
  const { db } = deps.database
  app.route({ ...listEngineers, handler: async ({ actor }) => ({ items: await engineerList(db, actor) }) })
  app.route({
    ...suggestEngineers,
    handler: async ({ actor, params }) => {
      const { ticket } = await visibleTicket(db, actor, params.ticketId)
      return { items: await suggestionsFor(db, actor, ticket, new Date(deps.clock.now())) }
    },
  })
  app.route({
    ...listFailureModes,
    handler: async ({ query }) => {
      const rows = await db
        .select({ mode: failureModes, modelKey: models.key })
        .from(failureModes)
        .innerJoin(models, eq(models.id, failureModes.modelId))
        .where(query.modelKey ? eq(models.key, query.modelKey) : undefined)
        .orderBy(asc(failureModes.key))
      return {
        items: rows.map(({ mode: { modelId: _, certificates: __, skillLevel: ___, ...mode }, modelKey }) => ({
          ...mode,
          modelKey,
        })),
      }
    },
  })
}
