import { addMoneyLine, getTicketMoney } from '@fettle/contracts/money'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { visibleTicket } from '../tickets/queries.ts'
import type { Write } from '../writes.ts'
import { addLine } from './commands.ts'
import { ticketMoney } from './queries.ts'

export function moneyRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  app.route({
    ...getTicketMoney,
    handler: async ({ actor, params }) => {
      const { ticket } = await visibleTicket(db, actor, params.ticketId)
      return ticketMoney(db, ticket)
    },
  })
  app.route({
    ...addMoneyLine,
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const money = await write(request, { entity: 'ticket', entityId: params.ticketId }, async (tx) => {
        const ticket = await addLine(tx, actor, params.ticketId, body, new Date(deps.clock.now()))
        return ticketMoney(tx, ticket)
      })
      return reply.code(201).send(money)
    },
  })
}
