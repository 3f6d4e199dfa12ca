import {
  addTicketNote,
  assignTicket,
  createTicket,
  getTicket,
  getTicketEvidence,
  listTickets,
  mergeTicket,
  transitionTicket,
} from '@fettle/contracts/tickets'
import { getBrief } from '@fettle/contracts/brief'
import type { ReplyOf } from '@fettle/contracts/route'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Write } from '../writes.ts'
import { briefOf } from './brief.ts'
import { addNote, assign, merge, reportFault, takeStep } from './commands.ts'
import { evidenceOf } from './evidence.ts'
import { lockTicket } from './move-ticket.ts'
import { eventOf, openTicketsOfAsset, ticketList, ticketPage, visibleTicket } from './queries.ts'

type Reported = ReplyOf<typeof createTicket>

export function ticketRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  const now = () => new Date(deps.clock.now())
  const ticket = (entityId: string) => ({ entity: 'ticket', entityId })

  app.route({ ...listTickets, handler: ({ actor, query }) => ticketList(db, actor, query, now()) })
  app.route({ ...getTicket, handler: ({ actor, params }) => ticketPage(db, actor, params.ticketId, now()) })
  app.route({ ...getBrief, handler: ({ actor, params }) => briefOf(deps, actor, params.ticketId) })
  app.route({
    ...getTicketEvidence,
    handler: async ({ actor, params }) => {
      await visibleTicket(db, actor, params.ticketId)
      return { items: await evidenceOf(db, params.ticketId) }
    },
  })

  app.route({
    ...createTicket,
    handler: async (request, reply) => {
      const { actor, body } = request
      const answer = await write(
        request,
        (reported: Reported) => ({ entity: 'ticket', entityId: reported.ticket.id }),
        async (tx) => {
          const opened = await reportFault(tx, actor, body, now())
          return {
            ticket: await ticketPage(tx, actor, opened.id, now()),
            possibleDuplicates: await openTicketsOfAsset(tx, actor, opened.assetId, opened.id, now()),
          }
        },
      )
      return reply.code(201).send(answer)
    },
  })

  app.route({
    ...assignTicket,
    handler: (request) =>
      write(request, ticket(request.params.ticketId), async (tx) => {
        const { actor, params, body } = request
        await assign(tx, actor, params.ticketId, body, now())
        return ticketPage(tx, actor, params.ticketId, now())
      }),
  })

  app.route({
    ...transitionTicket,
    handler: (request) =>
      write(request, ticket(request.params.ticketId), async (tx) => {
        const { actor, params, body } = request
        await takeStep(tx, actor, params.ticketId, body, now())
        return ticketPage(tx, actor, params.ticketId, now())
      }),
  })

  app.route({
    ...mergeTicket,
    handler: (request) =>
      write(request, ticket(request.params.ticketId), async (tx) => {
        const { actor, params, body } = request
        await merge(tx, actor, params.ticketId, body, now())
        return ticketPage(tx, actor, params.ticketId, now())
      }),
  })

  app.route({
    ...addTicketNote,
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const event = await write(request, ticket(params.ticketId), async (tx) => {
        const locked = await lockTicket(tx, actor, params.ticketId)
        return eventOf(await addNote(tx, actor, locked, { zh: body.text, en: body.text }, now()))
      })
      return reply.code(201).send(event)
    },
  })
}
