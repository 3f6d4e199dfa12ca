import { consumePart, listMovements, listParts, listStock, type StockMovement } from '@fettle/contracts/parts'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Write } from '../writes.ts'
import { consume } from './commands.ts'
import { movementById, movementList, partList } from './queries.ts'
import { stockList } from './stock.ts'

export function partRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  app.route({ ...listParts, handler: ({ actor, query }) => partList(db, actor, query) })
  app.route({ ...listStock, handler: ({ actor, query }) => stockList(db, actor, query) })
  app.route({ ...listMovements, handler: ({ actor, query }) => movementList(db, actor, query) })
  app.route({
    ...consumePart,
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const movement = await write(
        request,
        ({ id }: StockMovement) => ({ entity: 'stock-movement', entityId: id }),
        async (tx) => {
          const id = await consume(tx, actor, params.ticketId, body, new Date(deps.clock.now()))
          return movementById(tx, actor, id)
        },
      )
      return reply.code(201).send(movement)
    },
  })
}
