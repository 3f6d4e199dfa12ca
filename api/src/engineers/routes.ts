import { listEngineers, suggestEngineers } from '@fettle/contracts/engineers'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { visibleTicket } from '../tickets/queries.ts'
import { engineerList } from './queries.ts'
import { suggestionsFor } from './suggestions.ts'

export function engineerRoutes(app: App, deps: Dependencies): void {
  const { db } = deps.database
  app.route({ ...listEngineers, handler: ({ actor, query }) => engineerList(db, actor, query) })
  app.route({
    ...suggestEngineers,
    handler: async ({ actor, params }) => {
      const { ticket } = await visibleTicket(db, actor, params.ticketId)
      return { items: await suggestionsFor(db, actor, ticket, new Date(deps.clock.now())) }
    },
  })
}
